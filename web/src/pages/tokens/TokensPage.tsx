import { SegmentedControl, Skeleton, Switch, Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { tokensQuery, type ApiToken } from '@/api/tokens'
import { useAccess } from '@/access/useAccess'
import table from '@/parts/DataTable.module.css'
import { LinkButton } from '@/parts/links'
import { ListFrame } from '@/parts/listing/ListFrame'
import { SortHead } from '@/parts/listing/SortHead'
import { useListing } from '@/parts/listing/useListing'
import { Empty, Failure } from '@/parts/Notice'
import { StateMark } from '@/parts/StateMark'
import { useNow, useZone } from '@/state/hooks'
import { ago, count, moment } from '@/words/format'
import { permissionWords } from '@/words/permissions'
import { AdminPage } from '../admin/AdminPage'
import { TokenDrawer } from './TokenDrawer'
import classes from './Tokens.module.css'
import { tokenState } from './words'

const instant = (at: string | null) => (at === null ? null : Date.parse(at))
const COLUMNS = {
  name: ({ name }: ApiToken) => name,
  of: ({ username }: ApiToken) => username,
  until: ({ expires_at }: ApiToken) => instant(expires_at),
  used: ({ last_used_at }: ApiToken) => instant(last_used_at),
}

const route = getRouteApi('/frame/admin/tokens')

/** What programs come with: one's own tokens, and those of everybody for who manages people. */
export function TokensPage() {
  const { own = false, revoked = false, token } = route.useSearch()
  const navigate = useNavigate()
  const { may } = useAccess()
  const everybody = may('user.manage') && !own
  const tokens = useQuery(tokensQuery(everybody, revoked))
  const go = (change: { own?: boolean; revoked?: boolean; token?: string }) => {
    const next = { own, revoked, ...change }
    void navigate({
      to: '/admin/tokens',
      search: (before) => ({
        ...(before.q ? { q: before.q } : {}),
        ...(before.sort ? { sort: before.sort } : {}),
        ...(next.own ? { own: true } : {}),
        ...(next.revoked ? { revoked: true } : {}),
        ...(change.token ? { token: change.token } : {}),
      }),
      replace: change.token === undefined,
    })
  }
  return (
    <AdminPage
      title="API tokens"
      note={tokens.data && tokens.data.length > 0 ? count(tokens.data.length, 'token') : undefined}
      actions={
        <LinkButton to="/admin/tokens/new" leftSection={<IconPlus size={16} aria-hidden />}>
          Make a token
        </LinkButton>
      }
    >
      <div className={classes.tools}>
        {may('user.manage') && (
          <SegmentedControl
            aria-label="Whose tokens"
            size="sm"
            value={own ? 'own' : 'all'}
            onChange={(value) => go({ own: value === 'own' })}
            data={[
              { value: 'all', label: 'Everybody’s' },
              { value: 'own', label: 'My own' },
            ]}
          />
        )}
        <Switch
          label="Also revoked ones"
          checked={revoked}
          onChange={(event) => go({ revoked: event.currentTarget.checked })}
        />
      </div>
      {tokens.error && !tokens.data && <Failure error={tokens.error} onRetry={() => void tokens.refetch()} />}
      {!tokens.data && !tokens.error && <Skeleton height={160} />}
      {tokens.data?.length === 0 && (
        <Empty
          icon={<IconKey size={40} stroke={1.25} />}
          title="No token"
          action={<LinkButton to="/admin/tokens/new">Make a token</LinkButton>}
        >
          A program gets a token in place of a password: for what it needs, from where it runs, until when it
          is needed.
        </Empty>
      )}
      {tokens.data && tokens.data.length > 0 && <TokenTable tokens={tokens.data} everybody={everybody} />}
      <TokenDrawer id={token} known={tokens.data?.find(({ id }) => id === token)} onClose={() => go({})} />
    </AdminPage>
  )
}

interface TableProps {
  tokens: ApiToken[]
  everybody: boolean
}

function TokenTable({ tokens, everybody }: TableProps) {
  const zone = useZone()
  const now = useNow(30_000)
  const list = useListing({
    items: tokens,
    text: (token) => [token.name, token.username, token.hint, ...(token.networks ?? [])].join(' '),
    columns: COLUMNS,
    usual: { by: '', down: false },
  })
  const sort = { order: list.order, onSort: list.sortBy }
  return (
    <ListFrame list={list} what="token" placeholder="Name, owner or address">
      <Table className={table.table} horizontalSpacing={12} verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <SortHead {...sort} by="name">
              Token
            </SortHead>
            {everybody && (
              <SortHead {...sort} by="of" className={table.optional}>
                Of
              </SortHead>
            )}
            <Table.Th className={table.optional}>May</Table.Th>
            <Table.Th className={table.wide}>From</Table.Th>
            <SortHead {...sort} by="until" className={table.optional}>
              Until
            </SortHead>
            <SortHead {...sort} by="used">
              Last use
            </SortHead>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.shown.map((token) => {
            const state = tokenState(token, now)
            const last = token.last_used_at ? Date.parse(token.last_used_at) : null
            return (
              <Table.Tr key={token.id}>
                <Table.Td>
                  <Link
                    to="/admin/tokens"
                    search={(before) => ({ ...before, token: token.id })}
                    className={table.main}
                  >
                    {token.name}
                  </Link>
                  <div className={classes.state} data-tone={state.tone}>
                    <StateMark tone={state.tone} size={10} /> {state.label}, <code>{token.hint}…</code>
                  </div>
                  {everybody && <div className={`${table.narrow ?? ''} meta`}>of {token.username}</div>}
                </Table.Td>
                {everybody && (
                  <Table.Td className={table.optional}>
                    <Link to="/admin/users/$id" params={{ id: token.user_id }}>
                      {token.username}
                    </Link>
                  </Table.Td>
                )}
                <Table.Td className={table.optional}>
                  {token.permissions.length <= 3
                    ? token.permissions.map((name) => permissionWords(name).label).join(', ')
                    : count(token.permissions.length, 'permission')}
                  {(token.cameras ?? token.zones) && (
                    <div className="meta">
                      on{' '}
                      {[
                        ...(token.zones ? [count(token.zones.length, 'zone')] : []),
                        ...(token.cameras ? [count(token.cameras.length, 'camera')] : []),
                      ].join(' and ')}
                    </div>
                  )}
                </Table.Td>
                <Table.Td className={table.wide}>{token.networks?.join(', ') ?? 'anywhere'}</Table.Td>
                <Table.Td className={table.optional}>
                  {token.expires_at ? moment(Date.parse(token.expires_at), zone, now, 'minute') : 'no end'}
                </Table.Td>
                <Table.Td>
                  {last === null ? (
                    <span className={classes.none}>never</span>
                  ) : (
                    <>
                      <time>{moment(last, zone, now, 'minute')}</time>
                      <div className="meta">
                        {ago(now - last)}
                        {token.last_address ? `, ${token.last_address}` : ''}
                      </div>
                    </>
                  )}
                </Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </ListFrame>
  )
}
