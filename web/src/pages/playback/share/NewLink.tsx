import { Button, CopyButton, NumberInput, PasswordInput, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, explain } from '@/api/client'
import type { components } from '@/api/schema'
import { useZone } from '@/state/hooks'
import { fromLocal, toLocal } from '@/words/local-time'

type Made = components['schemas']['ShareLinkMade']

const AROUND_MS = 30_000
const DAY_MS = 86_400_000

/** What is shared, for how long, and with which password; then the link, which is shown this once. */
export function NewLink({ camera, at }: { camera: { id: string; name: string }; at: number }) {
  const client = useQueryClient()
  const zone = useZone()
  const [from, setFrom] = useState(() => toLocal(at - AROUND_MS, zone, true))
  const [to, setTo] = useState(() => toLocal(Math.min(at + AROUND_MS, Date.now()), zone, true))
  const [days, setDays] = useState<string | null>('7')
  const [password, setPassword] = useState('')
  const [most, setMost] = useState<number | null>(null)
  const [note, setNote] = useState('')
  const making = useMutation({
    mutationFn: () =>
      api.post<Made>('/share-links', {
        body: {
          camera: camera.id,
          start: instant(from, zone),
          end: instant(to, zone),
          expires_at: new Date(Date.now() + Number(days ?? 7) * DAY_MS - 60_000).toISOString(),
          password: password === '' ? null : password,
          most_views: most,
          note,
        },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['share-links'] }),
  })
  const made = making.data
  if (made) {
    const link = `${window.location.origin}${made.path}`
    return (
      <Stack>
        <Text>
          Whoever has this link sees these pictures of {camera.name}
          {made.password && ', with the password'}. It is shown this once.
        </Text>
        <TextInput
          aria-label="Link"
          value={link}
          readOnly
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton value={link}>
          {({ copied, copy }) => <Button onClick={copy}>{copied ? 'Copied' : 'Copy link'}</Button>}
        </CopyButton>
      </Stack>
    )
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        making.mutate()
      }}
    >
      <Stack>
        <TextInput
          label="From"
          description={`Times are those of ${zone}.`}
          type="datetime-local"
          step={1}
          required
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          label="To"
          type="datetime-local"
          step={1}
          required
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Select
          label="The link is good for"
          data={[
            { value: '1', label: 'a day' },
            { value: '7', label: 'a week' },
            { value: '30', label: '30 days' },
          ]}
          value={days}
          onChange={setDays}
          allowDeselect={false}
        />
        <PasswordInput
          label="Password"
          description="Tell it by another way than the link. Leave it empty for none."
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <NumberInput
          label="May be opened at most"
          description="How many times. Leave it empty for no limit."
          min={1}
          max={1_000_000}
          allowDecimal={false}
          value={most ?? ''}
          onChange={(value) => setMost(typeof value === 'number' ? value : null)}
        />
        <TextInput
          label="Note"
          description="Whoever opens the link reads it."
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {making.error && (
          <Text role="alert" c="red">
            {explain(making.error)}
          </Text>
        )}
        <Button type="submit" loading={making.isPending}>
          Make the link
        </Button>
      </Stack>
    </form>
  )
}

function instant(local: string, zone: string): string {
  const at = fromLocal(local, zone)
  return at === null ? local : new Date(at).toISOString()
}
