import { getRouteApi } from '@tanstack/react-router'
import { NamedNewPage } from '../named/NamedNewPage'
import { NamedPage } from '../named/NamedPage'
import { ZONE } from './kind'

const route = getRouteApi('/frame/admin/zones/$id')

/** One zone: its cameras and who has a role in it. */
export function ZonePage() {
  return <NamedPage kind={ZONE} id={route.useParams().id} />
}

export function ZoneNewPage() {
  return <NamedNewPage kind={ZONE} />
}
