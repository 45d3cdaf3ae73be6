import { Skeleton, Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { groupsQuery, type Group } from '@/api/people'
import table from '@/parts/DataTable.module.css'
import { LinkButton } from '@/parts/links'
import { ListFrame } from '@/parts/listing/ListFrame'
import { SortHead } from '@/parts/listing/SortHead'
import { useListing } from '@/parts/listing/useListing'
import { Empty, Failure } from '@/parts/Notice'
import { count } from '@/words/format'
import { AdminPage } from '../admin/AdminPage'

// More names than this are counted.
const SHOWN = 6

const COLUMNS = {
  name: ({ name }: Group) => name,
  members: ({ members }: Group) => members.length,
  roles: ({ grants }: Group) => grants,
}

/** People who are given the same. */
export function GroupsPage() {
  const groups = useQuery(groupsQuery)
  return (
    <AdminPage
      title="Groups"
      note={groups.data && groups.data.length > 0 ? count(groups.data.length, 'group') : undefined}
      actions={
        <LinkButton to="/admin/groups/new" leftSection={<IconPlus size={16} aria-hidden />}>
          Add group
        </LinkButton>
      }
    >
      {groups.error && !groups.data && <Failure error={groups.error} onRetry={() => void groups.refetch()} />}
      {!groups.data && !groups.error && <Skeleton height={160} />}
      {groups.data?.length === 0 && (
        <Empty
          icon={<IconUsersGroup size={40} stroke={1.25} />}
          title="No group yet"
          action={<LinkButton to="/admin/groups/new">Add a group</LinkButton>}
        >
          A group is given roles once, and its members have them: a night shift, say, or everybody at the
          front desk.
        </Empty>
      )}
      {groups.data && groups.data.length > 0 && <GroupTable groups={groups.data} />}
    </AdminPage>
  )
}

function GroupTable({ groups }: { groups: Group[] }) {
  const list = useListing({
    items: groups,
    text: ({ name, description, members }) =>
      [name, description, ...members.map(({ username }) => username)].join(' '),
    columns: COLUMNS,
    usual: { by: 'name', down: false },
  })
  const sort = { order: list.order, onSort: list.sortBy }
  return (
    <ListFrame list={list} what="group" placeholder="Name, description or member">
      <Table className={table.table} horizontalSpacing={12} verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <SortHead {...sort} by="name">
              Group
            </SortHead>
            <SortHead {...sort} by="members">
              Members
            </SortHead>
            <SortHead {...sort} by="roles" className={table.optional}>
              Roles given
            </SortHead>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.shown.map((group) => (
            <Table.Tr key={group.id}>
              <Table.Td>
                <Link to="/admin/groups/$id" params={{ id: group.id }} className={table.main}>
                  {group.name}
                </Link>
                {group.description && <div className="meta">{group.description}</div>}
              </Table.Td>
              <Table.Td>{memberNames(group)}</Table.Td>
              <Table.Td className={table.optional}>{group.grants === 0 ? 'none' : group.grants}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ListFrame>
  )
}

function memberNames({ members }: Group): string {
  if (members.length === 0) return 'nobody'
  const names = members.slice(0, SHOWN).map(({ username }) => username)
  return members.length > SHOWN ? `${names.join(', ')} and ${members.length - SHOWN} more` : names.join(', ')
}
