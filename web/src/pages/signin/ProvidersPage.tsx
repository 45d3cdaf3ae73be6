import { Skeleton, Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconLogin2, IconPlus } from '@tabler/icons-react'
import { providersQuery, type Provider } from '@/api/oidc'
import { LinkButton } from '@/parts/links'
import { Empty, Failure } from '@/parts/Notice'
import { AdminPage } from '../admin/AdminPage'
import classes from './SignIn.module.css'

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
  return (
    <Table className={classes.table ?? ''} horizontalSpacing={12} verticalSpacing={8}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Provider</Table.Th>
          <Table.Th>State</Table.Th>
          <Table.Th>Linked accounts</Table.Th>
          <Table.Th>Mappings</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {providers.map((one) => (
          <Table.Tr key={one.id}>
            <Table.Td>
              <Link to="/admin/sign-in/$id" params={{ id: one.id }}>
                {one.name}
              </Link>
              <div className="meta">{one.issuer}</div>
            </Table.Td>
            <Table.Td>{one.enabled ? 'offered' : 'switched off'}</Table.Td>
            <Table.Td>{one.people}</Table.Td>
            <Table.Td>{one.mappings.length || 'none'}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
