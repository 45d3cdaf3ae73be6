import { Button, Group, Modal, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconHistory, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useStorage } from '@/access/useStorage'
import { api } from '@/api/client'
import { camerasChanged, removedQuery } from '@/api/queries'
import type { CameraUsage, RemovedCamera } from '@/api/types'
import { LinkButton } from '@/parts/links'
import { Failure } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { useNow, useZone } from '@/state/hooks'
import { bytes, moment } from '@/words/format'
import { removedWithFootage } from '../playback/reviewed'
import classes from './RemovedCameras.module.css'

/** Cameras that were deleted and whose footage is still there; nothing where there is none. */
export function RemovedCameras() {
  const removed = useQuery(removedQuery).data ?? []
  const storage = useStorage().data
  const now = useNow(30_000)
  const zone = useZone()
  const found = removedWithFootage(removed, storage?.cameras ?? [])
  if (found.length === 0) return null
  return (
    <Section title="Removed" note="Their footage is kept until its time is up.">
      <ul className={classes.list}>
        {found.map(({ camera, usage }) => (
          <Row key={camera.id} camera={camera} usage={usage} zone={zone} now={now} />
        ))}
      </ul>
    </Section>
  )
}

interface RowProps {
  camera: RemovedCamera
  usage: CameraUsage
  zone: string
  now: number
}

function Row({ camera, usage, zone, now }: RowProps) {
  const [asking, setAsking] = useState(false)
  const going = camera.footage === 'delete'
  const at = (text: string) => moment(Date.parse(text), zone, now, 'minute')
  return (
    <li className={classes.row}>
      <div>
        <strong>{camera.name}</strong>
        <div className="meta tabular">
          Removed {at(camera.removed_at)}. {bytes(usage.bytes)} of footage
          {usage.oldest && usage.newest && `, ${at(usage.oldest)} to ${at(usage.newest)}`}
          {going && '. It is being deleted'}.
        </div>
      </div>
      <Group gap={8} className={classes.actions}>
        <LinkButton
          to="/playback"
          search={{ camera: camera.slug, ...(usage.newest && { at: lastMoments(usage.newest) }) }}
          variant="default"
          leftSection={<IconHistory size={16} aria-hidden />}
          aria-label={`Playback of ${camera.name}`}
        >
          Playback
        </LinkButton>
        {!going && camera.allowed.includes('recording.delete') && (
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => setAsking(true)}
            aria-label={`Delete footage of ${camera.name}`}
          >
            Delete footage
          </Button>
        )}
      </Group>
      <DeleteFootage
        camera={camera}
        amount={bytes(usage.bytes)}
        opened={asking}
        onClose={() => setAsking(false)}
      />
    </li>
  )
}

// Where playback begins: shortly before the end, where there is something to see.
const LAST_MS = 60_000
const lastMoments = (newest: string) => new Date(Date.parse(newest) - LAST_MS).toISOString()

interface DeleteProps {
  camera: RemovedCamera
  amount: string
  opened: boolean
  onClose: () => void
}

function DeleteFootage({ camera, amount, opened, onClose }: DeleteProps) {
  const client = useQueryClient()
  const removal = useMutation({
    mutationFn: () => api.delete(`/removed-cameras/${camera.id}/footage`),
    onSuccess: async () => {
      notifications.show({ message: `The footage of ${camera.name} is being deleted.` })
      onClose()
      await camerasChanged(client)
    },
  })
  return (
    <Modal opened={opened} onClose={onClose} title={`Delete the footage of ${camera.name}?`}>
      <Stack>
        <p>All {amount} of it, now. This cannot be undone.</p>
        {removal.error && <Failure error={removal.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button color="red" loading={removal.isPending} onClick={() => removal.mutate()}>
            Delete {amount}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
