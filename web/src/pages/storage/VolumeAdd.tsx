import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/queries'
import type { Volume } from '@/api/types'
import { Failure } from '@/parts/Notice'
import { volumeName } from '@/words/stay'
import { LocationField, useLocation } from './LocationField'

/** A new place for footage. A directory that is a volume already is taken over with its footage. */
export function VolumeAdd({
  opened,
  onClose,
  taken,
}: {
  opened: boolean
  onClose: () => void
  /** Names of the other volumes. */
  taken: readonly string[]
}) {
  const client = useQueryClient()
  // Null until the person names it.
  const [named, setName] = useState<string | null>(null)
  const [location, setLocation] = useState('')
  const check = useLocation(location)
  const name = named ?? (location.trim() ? volumeName(location.trim(), taken) : '')
  const adding = useMutation({
    mutationFn: () =>
      api.post<Volume>('/storage/volumes', {
        body: { name: name.trim(), location: location.trim(), create: check.data?.marker === null },
      }),
    onSuccess: async (volume) => {
      notifications.show({ message: `Volume ${volume.name} was added.` })
      setName(null)
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
            <Button
              type="submit"
              loading={adding.isPending}
              disabled={check.data?.problem !== '' || !name.trim()}
            >
              Add volume
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
