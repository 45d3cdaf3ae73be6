import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/queries'
import type { Volume } from '@/api/types'
import { Failure } from '@/parts/Notice'
import { LocationField, useLocation } from './LocationField'

/** A new place for footage. A directory that is a volume already is taken over with its footage. */
export function VolumeAdd({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [location, setLocation] = useState('')
  const check = useLocation(location)
  const adding = useMutation({
    mutationFn: () =>
      api.post<Volume>('/storage/volumes', {
        body: { name: name.trim(), location: location.trim(), create: check.data?.marker === null },
      }),
    onSuccess: async (volume) => {
      notifications.show({ message: `Volume ${volume.name} was added.` })
      setName('')
      setLocation('')
      onClose()
      await client.invalidateQueries({ queryKey: keys.storage })
    },
  })
  return (
    <Modal opened={opened} onClose={onClose} title="Add volume">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          adding.mutate()
        }}
      >
        <Stack>
          <LocationField value={location} onChange={setLocation} checked={check.data} error={check.error} />
          <TextInput
            label="Name"
            placeholder="Big disk"
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {adding.error && <Failure error={adding.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={adding.isPending} disabled={!check.data?.writable || !name.trim()}>
              Add volume
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
