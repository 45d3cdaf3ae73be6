import { Button, Group, Modal, NumberInput, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '@/api/client'
import { keys } from '@/api/queries'
import type { Volume, VolumePatch } from '@/api/types'
import { Failure } from '@/parts/Notice'

const GB = 1_000_000_000
const number = (value: string | number): number | null => (value === '' ? null : Number(value))

/** Name and promise of a volume. Shrinking a promise deletes footage, and says so. */
export function VolumeEdit({ volume, onClose }: { volume: Volume; onClose: () => void }) {
  const client = useQueryClient()
  const [name, setName] = useState(volume.name)
  const [days, setDays] = useState(volume.keep_days)
  const [gigabytes, setGigabytes] = useState(volume.keep_bytes === null ? null : volume.keep_bytes / GB)
  const [headroom, setHeadroom] = useState(volume.headroom_percent)
  const tighter =
    less(days, volume.keep_days) ||
    less(gigabytes, volume.keep_bytes === null ? null : volume.keep_bytes / GB) ||
    headroom > volume.headroom_percent
  const saving = useMutation({
    mutationFn: () => {
      const body: Partial<VolumePatch> = {
        name: name.trim(),
        keep_days: days,
        keep_bytes: gigabytes === null ? null : Math.round(gigabytes * GB),
        headroom_percent: headroom,
      }
      return api.patch<Volume>(`/storage/volumes/${volume.id}`, { body })
    },
    onSuccess: async () => {
      notifications.show({ message: `Volume ${name.trim()} was saved.` })
      onClose()
      await client.invalidateQueries({ queryKey: keys.storage })
    },
  })
  return (
    <Modal opened onClose={onClose} title={`Volume ${volume.name}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        <Stack>
          <TextInput
            label="Name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
          />
          <NumberInput
            label="Keep footage for at most (days)"
            placeholder="no limit"
            min={1}
            allowDecimal={false}
            value={days ?? ''}
            onChange={(value) => setDays(number(value))}
          />
          <NumberInput
            label="Use at most (GB)"
            placeholder="no limit"
            min={1}
            value={gigabytes ?? ''}
            onChange={(value) => setGigabytes(number(value))}
          />
          {volume.kind === 'directory' && (
            <NumberInput
              label="Keep free (%)"
              description="Of the whole disk. The oldest footage goes before less than this is free."
              min={0}
              max={90}
              allowDecimal={false}
              value={headroom}
              onChange={(value) => setHeadroom(number(value) ?? 0)}
            />
          )}
          {tighter && (
            <p className="meta">
              Footage that the new limits don’t cover is deleted within the hour, oldest first.
            </p>
          )}
          {saving.error && <Failure error={saving.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={saving.isPending}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** Whether a limit (null is none) keeps less than before. */
function less(now: number | null, before: number | null): boolean {
  return now !== null && (before === null || now < before)
}
