import { Skeleton, Table, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { IconPlus, IconSearch, IconShieldCheck, IconShieldOff } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { peopleKeys, usersPage, type User } from '@/api/people'
import { Chip } from '@/parts/Chip'
import table from '@/parts/DataTable.module.css'
import { LinkButton } from '@/parts/links'
import { MoreRows } from '@/parts/MoreRows'
import { Failure } from '@/parts/Notice'
import { StateMark } from '@/parts/StateMark'
import { useNow, useZone } from '@/state/hooks'
import { ago, count, moment } from '@/words/format'
import { AdminPage } from '../admin/AdminPage'
import classes from './Users.module.css'
import { userState } from './words'

const route = getRouteApi('/frame/admin/users')

/** Everybody who has an account. */
export function UsersPage() {
  const { q = '' } = route.useSearch()
  const navigate = useNavigate()
  const [typed, setTyped] = useState(q)
  const [wanted] = useDebouncedValue(typed.trim(), 250)
  useEffect(() => {
    if (wanted !== q)
      void navigate({ to: '/admin/users', search: wanted ? { q: wanted } : {}, replace: true })
  }, [wanted, q, navigate])
  const users = useInfiniteQuery({
    queryKey: [...peopleKeys.users, 'pages', wanted],
    queryFn: ({ pageParam, signal }) => usersPage(wanted, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
  const shown = users.data?.pages.flatMap(({ items }) => items)
  return (
    <AdminPage
      title="Users"
      note={shown && !wanted && !users.hasNextPage ? count(shown.length, 'user') : undefined}
      actions={
        <LinkButton to="/admin/users/new" leftSection={<IconPlus size={16} aria-hidden />}>
          Add user
        </LinkButton>
      }
    >
      <TextInput
        aria-label="Find a user"
        placeholder="Name or address"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        maw={320}
      />
      {users.error && <Failure error={users.error} onRetry={() => void users.refetch()} />}
      {!shown && !users.error && <Skeleton height={240} />}
      {shown?.length === 0 && <p className={classes.none}>{nobody(wanted)}</p>}
      {shown && shown.length > 0 && <UserTable users={shown} />}
      <MoreRows
        more={users.hasNextPage}
        busy={users.isFetchingNextPage}
        onMore={() => void users.fetchNextPage()}
      />
    </AdminPage>
  )
}

function nobody(wanted: string): string {
  return wanted ? `No user has “${wanted}” in a name or address.` : 'There is no account yet.'
}

function UserTable({ users }: { users: User[] }) {
  const zone = useZone()
  const now = useNow(30_000)
  return (
    <Table className={table.table} horizontalSpacing={12} verticalSpacing={8}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>User</Table.Th>
          <Table.Th className={table.optional}>Roles</Table.Th>
          <Table.Th className={table.wide}>Groups</Table.Th>
          <Table.Th className={table.optional}>Second factor</Table.Th>
          <Table.Th>Last sign-in</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {users.map((user) => {
          const state = userState(user)
          const last = user.last_login_at ? Date.parse(user.last_login_at) : null
          return (
            <Table.Tr key={user.id}>
              <Table.Td>
                <div className={classes.name}>
                  <Link to="/admin/users/$id" params={{ id: user.id }} className={table.main}>
                    {user.username}
                  </Link>
                  {user.display_name && <span className={classes.full}>{user.display_name}</span>}
                </div>
                <div className={classes.state} data-tone={state.tone}>
                  <StateMark tone={state.tone} size={10} /> {state.label}
                </div>
                <div className={table.narrow}>
                  <RoleChips user={user} />
                </div>
              </Table.Td>
              <Table.Td className={table.optional}>
                <RoleChips user={user} />
              </Table.Td>
              <Table.Td className={table.wide}>
                <div className={table.chips}>
                  {user.groups.map((name) => (
                    <Chip key={name}>{name}</Chip>
                  ))}
                </div>
              </Table.Td>
              <Table.Td className={table.optional}>
                <span className={classes.factor} data-on={user.totp ? '' : undefined}>
                  {user.totp ? (
                    <IconShieldCheck size={16} aria-hidden />
                  ) : (
                    <IconShieldOff size={16} aria-hidden />
                  )}
                  {user.totp ? 'On' : 'Off'}
                </span>
              </Table.Td>
              <Table.Td>
                {last === null ? (
                  <span className={classes.none}>never</span>
                ) : (
                  <>
                    <time dateTime={user.last_login_at ?? ''}>{moment(last, zone, now, 'minute')}</time>
                    <div className="meta">{ago(now - last)}</div>
                  </>
                )}
              </Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}

function RoleChips({ user }: { user: User }) {
  return (
    <div className={table.chips}>
      {user.roles.map((name) => (
        <Chip key={name}>{name}</Chip>
      ))}
      {user.limited_roles.map((name) => (
        <Chip key={name} tone="quiet">
          {name} in places
        </Chip>
      ))}
      {user.roles.length + user.limited_roles.length + user.groups.length === 0 && (
        <Chip tone="degraded">no role</Chip>
      )}
    </div>
  )
}
