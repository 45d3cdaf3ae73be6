import { Skeleton, Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconLogin2, IconPlus } from '@tabler/icons-react'
import { providersQuery, type Provider } from '@/api/oidc'
import table from '@/parts/DataTable.module.css'
import { LinkButton } from '@/parts/links'
import { ListFrame } from '@/parts/listing/ListFrame'
import { SortHead } from '@/parts/listing/SortHead'
import { useListing } from '@/parts/listing/useListing'
import { Empty, Failure } from '@/parts/Notice'
import { count } from '@/words/format'
import { AdminPage } from '../admin/AdminPage'

const COLUMNS = {
  name: ({ name }: Provider) => name,
  state: ({ enabled }: Provider) => (enabled ? 0 : 1),
  people: ({ people }: Provider) => people,
}

/** Who people can sign in by, beside their passwords. */
export function ProvidersPage() {
  const providers = useQuery(providersQuery)
  return (
    <AdminPage
      title="Sign-in providers"
      actions={
        <LinkButton to="/admin/sign-in/new" leftSection={<IconPlus size={16} aria-hidden />}>
          Add provider
        </LinkButton>
      }
    >
      {providers.error && !providers.data && (
        <Failure error={providers.error} onRetry={() => void providers.refetch()} />
      )}
      {!providers.data && !providers.error && <Skeleton height={160} />}
      {providers.data?.length === 0 && (
        <Empty
          icon={<IconLogin2 size={40} stroke={1.25} />}
          title="People sign in with passwords"
          action={<LinkButton to="/admin/sign-in/new">Add a provider</LinkButton>}
        >
          With an OpenID Connect provider (Keycloak, Authentik, Entra ID, Google and others) they sign in as
          they do elsewhere, and their groups there can say what they may do here.
        </Empty>
      )}
      {providers.data && providers.data.length > 0 && <Providers providers={providers.data} />}
    </AdminPage>
  )
}

function Providers({ providers }: { providers: Provider[] }) {
  const list = useListing({
    items: providers,
    text: ({ name, issuer }) => `${name} ${issuer}`,
    columns: COLUMNS,
    usual: { by: 'name', down: false },
  })
  const sort = { order: list.order, onSort: list.sortBy }
  return (
    <ListFrame list={list} what="provider" placeholder="Name or address">
      <Table className={table.table} horizontalSpacing={12} verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <SortHead {...sort} by="name">
              Provider
            </SortHead>
            <SortHead {...sort} by="state">
              State
            </SortHead>
            <SortHead {...sort} by="people" className={table.optional}>
              Linked accounts
            </SortHead>
            <Table.Th className={table.optional}>Mappings</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.shown.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td>
                <Link to="/admin/sign-in/$id" params={{ id: one.id }} className={table.main}>
                  {one.name}
                </Link>
                <div className="meta" style={{ overflowWrap: 'anywhere' }}>
                  {one.issuer}
                </div>
                <div className={`${table.narrow ?? ''} meta`}>{count(one.people, 'linked account')}</div>
              </Table.Td>
              <Table.Td>{one.enabled ? 'offered' : 'switched off'}</Table.Td>
              <Table.Td className={table.optional}>{one.people}</Table.Td>
              <Table.Td className={table.optional}>{one.mappings.length || 'none'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ListFrame>
  )
}
