import { getRouteApi } from '@tanstack/react-router'
import { NamedNewPage } from '../named/NamedNewPage'
import { NamedPage } from '../named/NamedPage'
import { GROUP } from './kind'

const route = getRouteApi('/frame/admin/groups/$id')

/** One group: its people and what it was given. */
export function GroupPage() {
  return <NamedPage kind={GROUP} id={route.useParams().id} />
}

export function GroupNewPage() {
  return <NamedNewPage kind={GROUP} />
}
