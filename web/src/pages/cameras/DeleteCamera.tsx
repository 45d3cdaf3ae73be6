import { Button, Group, Modal, Radio, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '@/api/client'
import { camerasChanged } from '@/api/queries'
import type { Camera } from '@/api/types'
import { Failure } from '@/parts/Notice'
import { bytes } from '@/words/format'

interface Props {
  camera: Camera
  /** Bytes of its footage; undefined while not known. */
  used: number | undefined
  opened: boolean
  onClose: () => void
  /** It is out of sight: the focus may go elsewhere. */
  onClosed?: () => void
  onDeleted?: () => void
}

/** Asks before a camera goes, and says what goes with it. */
export function DeleteCamera({ camera, used, opened, onClose, onClosed, onDeleted }: Props) {
  const client = useQueryClient()
  const [footage, setFootage] = useState<'keep' | 'delete'>('keep')
  const amount = used === undefined ? 'its footage' : `${bytes(used)} of footage`
  const removal = useMutation({
    mutationFn: () => api.delete(`/cameras/${camera.id}`, { query: { footage } }),
    onSuccess: async () => {
      notifications.show({
        message:
          footage === 'keep'
            ? `${camera.name} was deleted. Its footage is kept until its time is up.`
            : `${camera.name} and its footage were deleted.`,
      })
      onClose()
      onDeleted?.()
      await camerasChanged(client)
    },
  })
  return (
    <Modal opened={opened} onClose={onClose} onExitTransitionEnd={onClosed} title={`Delete ${camera.name}?`}>
      <Stack>
        <p>Recording stops at once, and the camera leaves the lists.</p>
        <Radio.Group
          label="What becomes of its footage?"
          value={footage}
          onChange={(value) => setFootage(value === 'delete' ? 'delete' : 'keep')}
        >
          <Stack gap="sm" mt="sm">
            <Radio
              value="keep"
              label={`Keep ${amount}`}
              description="It can be played back, and stands under “Removed” on the Cameras page, until its time is up."
            />
            {camera.allowed.includes('recording.delete') && (
              <Radio
                value="delete"
                label={`Delete ${amount}`}
                description="All of it, now. This cannot be undone."
              />
            )}
          </Stack>
        </Radio.Group>
        {removal.error && <Failure error={removal.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button color="red" loading={removal.isPending} onClick={() => removal.mutate()}>
            {footage === 'keep' ? 'Delete camera' : 'Delete camera and footage'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
