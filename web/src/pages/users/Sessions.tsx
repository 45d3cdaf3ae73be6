import { Button, Skeleton, Table } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '@/api/client'
import { peopleKeys, userSessionsQuery, type User, type UserSession } from '@/api/people'
import { Chip } from '@/parts/Chip'
import { Confirm } from '@/parts/Confirm'
import table from '@/parts/DataTable.module.css'
import { Failure } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { useNow, useZone } from '@/state/hooks'
import { moment } from '@/words/format'
import { deviceOf } from '@/words/device'
import classes from './Users.module.css'

/** Where the person is signed in, each to be ended. */
export function Sessions({ user }: { user: User }) {
  const client = useQueryClient()
  const zone = useZone()
  const now = useNow(30_000)
  const sessions = useQuery(userSessionsQuery(user.id))
  const [ending, setEnding] = useState<UserSession | 'all' | null>(null)
  // What the dialog says while it closes.
  const [asked, setAsked] = useState<UserSession | 'all'>('all')
  const ask = (which: UserSession | 'all') => {
    setAsked(which)
    setEnding(which)
  }
  return (
    <Section
      title="Sessions"
      note="Where this person is signed in."
      actions={
        (sessions.data?.length ?? 0) > 1 && (
          <Button variant="default" onClick={() => ask('all')}>
            Sign out everywhere…
          </Button>
        )
      }
    >
      {sessions.error && !sessions.data && (
        <Failure error={sessions.error} onRetry={() => void sessions.refetch()} />
      )}
      {!sessions.data && !sessions.error && <Skeleton height={72} />}
      {sessions.data?.length === 0 && <p className={classes.none}>Not signed in anywhere.</p>}
      {sessions.data && sessions.data.length > 0 && (
        <Table className={table.table} horizontalSpacing={12} verticalSpacing={8}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Program and address</Table.Th>
              <Table.Th className={table.optional}>Last seen</Table.Th>
              <Table.Th>
                <span className="visually-hidden">Actions</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sessions.data.map((session) => (
              <Table.Tr key={session.id}>
                <Table.Td>
                  <span title={session.user_agent}>{deviceOf(session.user_agent).name}</span>{' '}
                  {session.current && <Chip>this one</Chip>}
                  <div className="meta">
                    {session.address}, {method(session.method)}
                  </div>
                  <div className={`${table.narrow ?? ''} meta`}>
                    last seen {moment(Date.parse(session.last_seen_at), zone, now, 'minute')}
                  </div>
                </Table.Td>
                <Table.Td className={table.optional}>
                  <time>{moment(Date.parse(session.last_seen_at), zone, now, 'minute')}</time>
                  <div className="meta">
                    since {moment(Date.parse(session.created_at), zone, now, 'minute')}
                  </div>
                </Table.Td>
                <Table.Td style={{ textAlign: 'right' }}>
                  <Button
                    variant="default"
                    size="compact-sm"
                    aria-label={`Sign out ${deviceOf(session.user_agent).name}, ${session.address}`}
                    onClick={() => ask(session)}
                  >
                    Sign out…
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Confirm
        opened={ending !== null}
        title={
          asked === 'all' ? `Sign ${user.username} out everywhere?` : `End this session of ${user.username}?`
        }
        action="Sign out"
        act={() => api.delete(`/users/${user.id}/sessions${asked === 'all' ? '' : `/${asked.id}`}`)}
        onDone={() => {
          notifications.show({
            message: `${user.username} was signed out${asked === 'all' ? ' everywhere' : ''}.`,
          })
          void client.invalidateQueries({ queryKey: peopleKeys.sessions(user.id) })
        }}
        onClose={() => setEnding(null)}
      >
        {asked === 'all'
          ? 'Every session ends at once, and with it what is open in it.'
          : `${deviceOf(asked.user_agent).name} at ${asked.address} is signed out at once.`}{' '}
        They can sign in again; to keep them out, disable the account.
      </Confirm>
    </Section>
  )
}

function method(name: string): string {
  if (name === 'password') return 'by password'
  if (name === 'password+totp') return 'by password and second factor'
  return name.startsWith('oidc:') ? `by ${name.slice(5)}` : name
}
