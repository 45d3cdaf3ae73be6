import { Button, PasswordInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useCallback, useState } from 'react'
import { ApiError, api, explain } from '@/api/client'
import type { components } from '@/api/schema'
import { Door } from '@/pages/access/Door'
import { SharedVideo } from './SharedVideo'

type Shared = components['schemas']['SharedFootage']

const route = getRouteApi('/share/$token')

const TITLES: Record<string, string> = {
  'share.expired': 'This link has expired',
  'share.withdrawn': 'This link was withdrawn',
  'share.used_up': 'This link is used up',
}

/** Footage that somebody shared: asks for the password where there is one, and plays it. */
export function SharePage() {
  const { token } = route.useParams()
  const path = `/share/${encodeURIComponent(token)}`
  const [opened, setOpened] = useState<Shared | null>(null)
  const state = useQuery({
    queryKey: ['share', token],
    queryFn: () => api.get<{ password_needed: boolean }>(path),
    staleTime: Infinity,
    retry: false,
  })
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)

  const open = (password?: string) => {
    setBusy(true)
    setFailure(null)
    api
      .post<Shared>(`${path}/open`, { body: password === undefined ? {} : { password } })
      .then(setOpened, setFailure)
      .finally(() => setBusy(false))
  }

  const end = useCallback((failure: unknown) => {
    setOpened(null)
    setFailure(failure)
  }, [])

  if (opened) return <SharedVideo path={path} shared={opened} onOver={end} />
  const over = state.error ?? (isOver(failure) ? failure : null)
  if (over) {
    const title = over instanceof ApiError ? TITLES[over.code] : undefined
    return <Door title={title ?? 'This link does not work'}>{explain(over)}</Door>
  }
  if (!state.data) return <Door title="Shared footage">Looking at the link…</Door>
  return (
    <Door title="Shared footage" intro="Somebody shared a recording with you.">
      <form
        style={{ display: 'grid', gap: 16 }}
        onSubmit={(event) => {
          event.preventDefault()
          const password = new FormData(event.currentTarget).get('password')
          open(typeof password === 'string' ? password : undefined)
        }}
      >
        {state.data.password_needed && (
          <PasswordInput
            label="Password"
            name="password"
            autoComplete="off"
            required
            autoFocus
            error={failure ? explain(failure) : undefined}
          />
        )}
        {!state.data.password_needed && failure !== null && <p role="alert">{explain(failure)}</p>}
        <Button type="submit" loading={busy}>
          Watch
        </Button>
      </form>
    </Door>
  )
}

function isOver(failure: unknown): boolean {
  return failure instanceof ApiError && failure.status === 404
}
