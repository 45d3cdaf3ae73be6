import { Button, Drawer, Skeleton, Table } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useAccess } from '@/access/useAccess'
import { api } from '@/api/client'
import { camerasQuery } from '@/api/queries'
import { TOKENS, tokenQuery, tokenUsageQuery, type ApiToken } from '@/api/tokens'
import { Chip } from '@/parts/Chip'
import { Confirm } from '@/parts/Confirm'
import table from '@/parts/DataTable.module.css'
import { LinkButton } from '@/parts/links'
import { Failure } from '@/parts/Notice'
import { useNow, useZone } from '@/state/hooks'
import { count, moment } from '@/words/format'
import { permissionWords } from '@/words/permissions'
import classes from './Tokens.module.css'
import { usageOf, type Usage } from './usage'
import { useZonesOfMine } from './useZonesOfMine'
import { placesWords, tokenState } from './words'

const DAYS = 30

interface Props {
  id: string | undefined
  known: ApiToken | undefined
  onClose: () => void
}

/** One token: what it is for, how it is used, and its end. */
export function TokenDrawer({ id, known, onClose }: Props) {
  const read = useQuery({ ...tokenQuery(id ?? ''), enabled: id !== undefined && known === undefined })
  const token = known ?? read.data
  return (
    <Drawer
      opened={id !== undefined}
      onClose={onClose}
      position="right"
      size="lg"
      title={token?.name ?? 'API token'}
    >
      {read.error && !token && <Failure error={read.error} onRetry={() => void read.refetch()} />}
      {!token && !read.error && <Skeleton height={320} />}
      {token && <Told token={token} onClose={onClose} />}
    </Drawer>
  )
}

function Told({ token, onClose }: { token: ApiToken; onClose: () => void }) {
  const client = useQueryClient()
  const zone = useZone()
  const now = useNow(30_000)
  const cameras = useQuery(camerasQuery).data
  const zones = useZonesOfMine()
  const { me } = useAccess()
  const usage = useQuery(tokenUsageQuery(token.id, DAYS))
  const [revoking, setRevoking] = useState(false)
  const state = tokenState(token, now)
  const at = (text: string | null) => (text ? moment(Date.parse(text), zone, now, 'minute') : null)
  const facts: [string, string][] = [
    ['State', `${state.label}${token.revoked_at ? `, ${at(token.revoked_at) ?? ''}` : ''}`],
    ['Of', token.username],
    ['Begins with', `${token.hint}…`],
    [
      'Cameras',
      placesWords(
        token,
        (id) => cameras?.find((one) => one.id === id)?.name,
        (id) => zones.find((one) => one.id === id)?.name,
      ),
    ],
    ['From', token.networks?.join(', ') ?? 'any address'],
    ['Until', at(token.expires_at) ?? 'without an end'],
    ['Made', at(token.created_at) ?? ''],
    [
      'Last use',
      token.last_used_at
        ? `${at(token.last_used_at) ?? ''}${token.last_address ? ` from ${token.last_address}` : ''}`
        : 'never',
    ],
  ]
  return (
    <div className={classes.side}>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd className="tabular">{value}</dd>
          </div>
        ))}
      </dl>
      <section>
        <h2>What it may do</h2>
        <p className="meta">At most what {token.username} may do at the time.</p>
        <div className={table.chips} style={{ marginTop: 8 }}>
          {token.permissions.map((name) => (
            <Chip key={name}>{permissionWords(name).label}</Chip>
          ))}
        </div>
      </section>
      <section>
        <h2>Use in the last {DAYS} days</h2>
        {usage.error && !usage.data && <Failure error={usage.error} onRetry={() => void usage.refetch()} />}
        {!usage.data && !usage.error && <Skeleton height={120} />}
        {usage.data && <UsageTold usage={usageOf(usage.data, now, DAYS)} />}
      </section>
      <div className={table.chips}>
        {token.state !== 'revoked' && token.user_id === me.user?.id && (
          <LinkButton
            to="/admin/tokens/$id"
            params={{ id: token.id }}
            variant="default"
            leftSection={<IconPencil size={16} aria-hidden />}
          >
            Change
          </LinkButton>
        )}
        <LinkButton to="/admin/audit" search={{ object: token.id }} variant="default">
          In the audit log
        </LinkButton>
        <LinkButton to="/admin/audit" search={{ token: token.id }} variant="default">
          What it did
        </LinkButton>
        {token.state !== 'revoked' && (
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => setRevoking(true)}
          >
            Revoke…
          </Button>
        )}
      </div>
      <Confirm
        opened={revoking}
        title={`Revoke ${token.name}?`}
        action="Revoke"
        act={() => api.delete(`/api-tokens/${token.id}`)}
        onDone={() => {
          notifications.show({ message: `${token.name} was revoked.` })
          onClose()
          void client.invalidateQueries({ queryKey: TOKENS })
        }}
        onClose={() => setRevoking(false)}
      >
        The program that uses it is refused from now on, for good. Nothing brings a revoked token back; make
        another one.
      </Confirm>
    </div>
  )
}

function UsageTold({ usage }: { usage: Usage }) {
  if (usage.total === 0) return <p className={classes.none}>Not used.</p>
  const most = Math.max(...usage.days.map(({ requests }) => requests), 1)
  const first = usage.days[0]?.day ?? ''
  return (
    <>
      <p className="meta">
        {count(usage.total, 'request')}, by day in UTC. The most on one day: {most.toLocaleString('en-GB')}.
      </p>
      <div
        className={classes.chart}
        role="img"
        aria-label={`Requests by day, from ${first}: ${usage.days.map(({ requests }) => requests).join(', ')}`}
      >
        {usage.days.map(({ day, requests }) => (
          <i
            key={day}
            data-none={requests === 0 ? '' : undefined}
            style={{ height: `${(100 * requests) / most}%` }}
            title={`${day}: ${count(requests, 'request')}`}
          />
        ))}
      </div>
      <div className={`${classes.axis ?? ''} meta`}>
        <span>{first}</span>
        <span>today</span>
      </div>
      <Table className={table.table} horizontalSpacing={12} verticalSpacing={6} mt={12}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Route</Table.Th>
            <Table.Th>Requests</Table.Th>
            <Table.Th className={table.optional}>Last on</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {usage.routes.map(({ route, requests, lastDay }) => (
            <Table.Tr key={route}>
              <Table.Td>{route.replace('/api/v1', '')}</Table.Td>
              <Table.Td>{requests.toLocaleString('en-GB')}</Table.Td>
              <Table.Td className={table.optional}>{lastDay}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </>
  )
}
