import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '@/api/client'
import { camerasChanged, systemQuery } from '@/api/queries'
import type { Camera } from '@/api/types'
import { LinkButton } from '@/parts/links'
import { Page } from '@/parts/Page'
import { CameraForm } from './CameraForm'
import { changesOf, emptyDraft, type Draft } from './draft'

export function CameraNewPage() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const system = useQuery(systemQuery)
  const add = async (draft: Draft) => {
    const camera = await api.post<Camera>('/cameras', { body: changesOf(draft) })
    notifications.show({ message: `${camera.name} was added.` })
    await camerasChanged(client)
    await navigate({ to: '/cameras/$slug', params: { slug: camera.slug } })
  }
  return (
    <Page title="Add camera">
      <CameraForm
        initial={emptyDraft(system.data?.timezone)}
        submitLabel="Add camera"
        folded
        onSubmit={add}
        cancel={
          <LinkButton to="/cameras" variant="default">
            Cancel
          </LinkButton>
        }
      />
    </Page>
  )
}
