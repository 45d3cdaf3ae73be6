import { Button, Group, Modal, PasswordInput, Select, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '@/api/client'
import { errorAt, errorBeside } from '@/api/field-errors'
import { keys } from '@/api/queries'
import type { Volume } from '@/api/types'
import { Failure } from '@/parts/Notice'
import { DELIVERIES } from './delivery'

interface Props {
  volume: Volume
  bucket: NonNullable<Volume['bucket']>
  onClose: () => void
}

/** Keys of a bucket, and how players get its footage. New keys are tried before they are kept. */
export function BucketAccess({ volume, bucket, onClose }: Props) {
  const client = useQueryClient()
  const [key, setKey] = useState(bucket.access_key)
  const [secret, setSecret] = useState('')
  const [delivery, setDelivery] = useState<string>(bucket.delivery)
  const saving = useMutation({
    mutationFn: () =>
      api.patch<Volume>(`/storage/buckets/${volume.id}`, {
        body: {
          delivery,
          ...(key.trim() !== bucket.access_key ? { access_key: key.trim() } : {}),
          ...(secret ? { secret_key: secret } : {}),
        },
      }),
    onSuccess: async () => {
      notifications.show({ message: `Access to ${volume.name} was saved.` })
      onClose()
      await client.invalidateQueries({ queryKey: keys.storage })
    },
  })
  const beside = errorBeside(saving.error, 'access_key', 'secret_key')
  return (
    <Modal opened onClose={onClose} title={`Access to ${volume.name}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        <Stack>
          <TextInput
            label="Access key"
            required
            autoComplete="off"
            value={key}
            error={errorAt(saving.error, 'access_key')}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
          <PasswordInput
            label="New secret key"
            description="Empty keeps the one that is there."
            autoComplete="off"
            value={secret}
            error={errorAt(saving.error, 'secret_key')}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
          <Select
            label="Players fetch its footage"
            description="Pages that are open learn of a change when they are loaded again."
            data={DELIVERIES}
            value={delivery}
            allowDeselect={false}
            onChange={(value) => setDelivery(value ?? 'server')}
          />
          {beside !== null && beside !== undefined && <Failure error={beside} />}
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
