import { Skeleton, Table } from '@mantine/core'
import { IconPlus, IconShieldCheck, IconShieldOff } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { User } from '@/api/people'
import { Chip } from '@/parts/Chip'
import table from '@/parts/DataTable.module.css'
import { LinkButton } from '@/parts/links'
import { NothingFound } from '@/parts/listing/NothingFound'
import { SearchField } from '@/parts/listing/SearchField'
import { SortHead } from '@/parts/listing/SortHead'
import { MoreRows } from '@/parts/MoreRows'
import { Failure } from '@/parts/Notice'
import { StateMark } from '@/parts/StateMark'
import { useNow, useZone } from '@/state/hooks'
import { ago, count, moment } from '@/words/format'
import { AdminPage } from '../admin/AdminPage'
import classes from './Users.module.css'
import { useUsers, type Users } from './useUsers'
import { userState } from './words'

/** Everybody who has an account. */
export function UsersPage() {
  const users = useUsers()
  const { q, setQ, shown } = users
  return (
    <AdminPage
      title="Users"
      note={shown && !q && !users.more ? count(shown.length, 'user') : undefined}
      actions={
        <LinkButton to="/admin/users/new" leftSection={<IconPlus size={16} aria-hidden />}>
          Add user
        </LinkButton>
      }
    >
      <SearchField label="Find a user" placeholder="Name or address" value={q} onChange={setQ} />
      {users.error && <Failure error={users.error} onRetry={users.retry} />}
      {!shown && !users.error && <Skeleton height={240} />}
      {shown?.length === 0 &&
        (q ? (
          <NothingFound what="user" q={q} onClear={() => setQ('')} />
        ) : (
          <p className={classes.none}>There is no account yet.</p>
        ))}
      {shown && shown.length > 0 && <UserTable users={shown} list={users} />}
      <MoreRows more={users.more} busy={users.busy} onMore={users.onMore} />
    </AdminPage>
  )
}

function UserTable({ users, list }: { users: User[]; list: Users }) {
  const zone = useZone()
  const now = useNow(30_000)
  const sort = { order: list.order, onSort: list.sortBy }
  return (
    <Table className={table.table} horizontalSpacing={12} verticalSpacing={8}>
      <Table.Thead>
        <Table.Tr>
          <SortHead {...sort} by="name">
            User
          </SortHead>
          <Table.Th className={table.optional}>Roles</Table.Th>
          <Table.Th className={table.wide}>Groups</Table.Th>
          <SortHead {...sort} by="factor" className={table.optional}>
            Second factor
          </SortHead>
          <SortHead {...sort} by="seen">
            Last sign-in
          </SortHead>
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
