import { Button, Skeleton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconDeviceDesktop, IconDeviceMobile, IconTerminal2 } from '@tabler/icons-react'
import { useState } from 'react'
import { api, explain } from '@/api/client'
import type { LoginSession } from '@/api/types'
import { session } from '@/access/session'
import { Confirm } from '@/parts/Confirm'
import { Failure } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { useNow, useZone } from '@/state/hooks'
import { count, moment } from '@/words/format'
import { deviceOf } from '@/words/device'
import classes from './Profile.module.css'

export const SESSIONS = ['my-sessions'] as const

const sessionsQuery = queryOptions({
  queryKey: SESSIONS,
  queryFn: async ({ signal }) =>
    (await api.get<{ items: LoginSession[] }>('/auth/sessions', { signal })).items,
  refetchInterval: 30_000,
})

const ICONS = { computer: IconDeviceDesktop, phone: IconDeviceMobile, program: IconTerminal2 }

/** Where one is signed in, and the way to end that. */
export function LoginSessions() {
  const client = useQueryClient()
  const sessions = useQuery(sessionsQuery)
  const [asking, setAsking] = useState(false)
  const ending = useMutation({
    mutationFn: (one: LoginSession) => api.delete(`/auth/sessions/${one.id}`),
    onSuccess: (_, one) => {
      if (one.current) session.ended('left')
      else notifications.show({ message: 'Signed out there.' })
    },
    onError: (error) => notifications.show({ color: 'red', message: explain(error) }),
    onSettled: () => client.invalidateQueries({ queryKey: SESSIONS }),
  })
  const found = [...(sessions.data ?? [])].sort((a, b) => Number(b.current) - Number(a.current))
  return (
    <Section
      title="Where you are signed in"
      note="If you do not know one, end it and change your password."
      actions={
        found.length > 1 && (
          <Button variant="default" onClick={() => setAsking(true)}>
            Sign out everywhere else…
          </Button>
        )
      }
    >
      {sessions.error && !sessions.data && (
        <Failure error={sessions.error} onRetry={() => void sessions.refetch()} />
      )}
      {!sessions.data && !sessions.error && <Skeleton height={64} />}
      {found.length > 0 && (
        <ul className={classes.list}>
          {found.map((one) => (
            <Row key={one.id} one={one} onEnd={() => ending.mutate(one)} />
          ))}
        </ul>
      )}
      <Confirm
        opened={asking}
        title="Sign out everywhere else?"
        action="Sign out"
        act={() => api.delete('/auth/sessions')}
        onDone={() => {
          notifications.show({ message: 'Signed out everywhere else.' })
          void client.invalidateQueries({ queryKey: SESSIONS })
        }}
        onClose={() => setAsking(false)}
      >
        {count(found.length - 1, 'other session')} of yours {found.length === 2 ? 'ends' : 'end'} at once;
        what is played there stops. Here you stay signed in.
      </Confirm>
    </Section>
  )
}

function Row({ one, onEnd }: { one: LoginSession; onEnd: () => void }) {
  const zone = useZone()
  const now = useNow(30_000)
  const device = deviceOf(one.user_agent)
  const Icon = ICONS[device.kind]
  const at = (text: string) => moment(Date.parse(text), zone, now, 'minute')
  return (
    <li className={classes.row}>
      <Icon size={20} stroke={1.5} className={classes.icon} aria-hidden />
      <div className={classes.about}>
        <strong title={one.user_agent}>{device.name}</strong>{' '}
        {one.current && <span className={classes.here}>this one</span>}
        <div className="meta tabular">
          {one.address || 'unknown address'}, last seen <time>{at(one.last_seen_at)}</time>, since{' '}
          <time>{at(one.created_at)}</time>
        </div>
      </div>
      {!one.current && (
        <Button variant="default" onClick={onEnd} aria-label={`Sign out ${device.name} at ${one.address}`}>
          Sign out
        </Button>
      )}
    </li>
  )
}
