import { Button, Skeleton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useStorage } from '@/access/useStorage'
import { api, type Versioned } from '@/api/client'
import { cameraQuery, camerasChanged, systemQuery } from '@/api/queries'
import type { Camera } from '@/api/types'
import { NoSuchCamera, NotAllowed } from '@/frame/Failures'
import { LinkButton } from '@/parts/links'
import { Failure } from '@/parts/Notice'
import { Page } from '@/parts/Page'
import { browserZone } from '@/words/zone'
import { CameraForm } from './CameraForm'
import { DeleteCamera } from './DeleteCamera'
import { changesOf, draftOf, type Draft } from './draft'
import { useCameraBySlug } from './useCameraBySlug'

const route = getRouteApi('/frame/cameras/$slug/edit')

export function CameraEditPage() {
  const { slug } = route.useParams()
  const { camera, missing, error, retry } = useCameraBySlug(slug)
  // Read once with its version: what comes in meanwhile must not overwrite what is being typed.
  const versioned = useQuery({
    ...cameraQuery(camera?.id ?? ''),
    enabled: camera?.allowed.includes('camera.edit') ?? false,
    refetchOnWindowFocus: false,
  })
  if (missing) return <NoSuchCamera />
  if (camera && !camera.allowed.includes('camera.edit')) return <NotAllowed permission="camera.edit" />
  const problem = error ?? versioned.error
  return (
    <Page title={camera ? `Edit ${camera.name}` : 'Edit camera'}>
      {problem ? <Failure error={problem} onRetry={retry} /> : null}
      {versioned.data ? (
        <Editor key={versioned.data.version} read={versioned.data} />
      ) : (
        !problem && <Skeleton height={480} maw={620} />
      )}
    </Page>
  )
}

function Editor({ read }: { read: Versioned<Camera> }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const system = useQuery(systemQuery)
  const storage = useStorage()
  const [deleting, setDeleting] = useState(false)
  const camera = read.data
  const save = async (draft: Draft) => {
    const changed = await api.patch<Camera>(`/cameras/${camera.id}`, {
      body: changesOf(draft),
      ifMatch: read.version,
    })
    notifications.show({ message: `${changed.name} was saved.` })
    await camerasChanged(client)
    await navigate({ to: '/cameras/$slug', params: { slug: changed.slug } })
  }
  return (
    <>
      <CameraForm
        initial={draftOf(camera, system.data?.timezone ?? browserZone)}
        camera={camera}
        submitLabel="Save"
        folded={false}
        onSubmit={save}
        cancel={
          <>
            <LinkButton to="/cameras/$slug" params={{ slug: camera.slug }} variant="default">
              Cancel
            </LinkButton>
            <Button
              variant="subtle"
              color="red"
              ml="auto"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => setDeleting(true)}
            >
              Delete…
            </Button>
          </>
        }
      />
      <DeleteCamera
        camera={camera}
        used={storage.data?.cameras.find((each) => each.camera_id === camera.id)?.bytes}
        opened={deleting}
        onClose={() => setDeleting(false)}
        onDeleted={() => void navigate({ to: '/cameras' })}
      />
    </>
  )
}
