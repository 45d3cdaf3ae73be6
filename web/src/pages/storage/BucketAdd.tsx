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

const EMPTY = {
  name: '',
  endpoint: '',
  region: 'us-east-1',
  bucket: '',
  prefix: '',
  access_key: '',
  secret_key: '',
}
type Field = keyof typeof EMPTY

const LABELS: [Field, string, string, string?][] = [
  ['name', 'Name', 'Archive'],
  ['endpoint', 'Endpoint', 'https://s3.example.com'],
  ['region', 'Region', 'us-east-1'],
  ['bucket', 'Bucket', 'footage'],
  ['prefix', 'Prefix', 'house', 'Where in the bucket. Empty takes all of it.'],
  ['access_key', 'Access key', ''],
]

/** A bucket of an object storage, to move footage to. Everything it must be able to do is tried before it is added. */
export function BucketAdd({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const client = useQueryClient()
  const [given, setGiven] = useState(EMPTY)
  const [delivery, setDelivery] = useState('server')
  const set = (field: Field, value: string) => setGiven((before) => ({ ...before, [field]: value }))
  const adding = useMutation({
    mutationFn: () => api.post<Volume>('/storage/buckets', { body: { ...given, delivery } }),
    onSuccess: async (volume) => {
      notifications.show({ message: `Volume ${volume.name} was added. Footage can be moved there.` })
      setGiven(EMPTY)
      onClose()
      await client.invalidateQueries({ queryKey: keys.storage })
    },
  })
  const beside = errorBeside(adding.error, ...LABELS.map(([field]) => field), 'secret_key')
  return (
    <Modal opened={opened} onClose={onClose} title="Add bucket">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          adding.mutate()
        }}
      >
        <Stack>
          <p className="meta">
            Of an S3-compatible object storage. Cameras record to directories; closed footage is moved here.
          </p>
          {LABELS.map(([field, label, placeholder, description]) => (
            <TextInput
              key={field}
              label={label}
              placeholder={placeholder}
              description={description}
              required={field !== 'prefix'}
              autoComplete="off"
              value={given[field]}
              error={errorAt(adding.error, field)}
              onChange={(event) => set(field, event.currentTarget.value)}
            />
          ))}
          <PasswordInput
            label="Secret key"
            description="It is kept sealed and never shown again."
            required
            autoComplete="off"
            value={given.secret_key}
            error={errorAt(adding.error, 'secret_key')}
            onChange={(event) => set('secret_key', event.currentTarget.value)}
          />
          <Select
            label="Players fetch its footage"
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
            <Button type="submit" loading={adding.isPending}>
              Try and add
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
