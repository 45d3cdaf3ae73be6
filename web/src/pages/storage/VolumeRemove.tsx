import { Button, Group, Modal, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/queries'
import type { Volume } from '@/api/types'
import { Failure } from '@/parts/Notice'

/** Takes an empty volume out of the list. */
export function VolumeRemove({ volume }: { volume: Volume }) {
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const removal = useMutation({
    mutationFn: () => api.delete(`/storage/volumes/${volume.id}`),
    onSuccess: async () => {
      notifications.show({ message: `Volume ${volume.name} was removed.` })
      setAsking(false)
      await client.invalidateQueries({ queryKey: keys.storage })
    },
  })
  return (
    <>
      <Button variant="subtle" color="gray" onClick={() => setAsking(true)}>
        Remove
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={`Remove ${volume.name}?`}>
        <Stack>
          <p>
            No footage is on it, so none is lost. Vedette forgets <code>{volume.location}</code>; it can be
            added again.
          </p>
          {removal.error && <Failure error={removal.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
              Cancel
            </Button>
            <Button loading={removal.isPending} onClick={() => removal.mutate()}>
              Remove volume
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
