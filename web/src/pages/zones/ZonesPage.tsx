import { Skeleton, Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconMapPins, IconPlus } from '@tabler/icons-react'
import { zonesQuery, type Zone } from '@/api/people'
import { camerasQuery } from '@/api/queries'
import { Chip } from '@/parts/Chip'
import table from '@/parts/DataTable.module.css'
import { LinkButton } from '@/parts/links'
import { ListFrame } from '@/parts/listing/ListFrame'
import { SortHead } from '@/parts/listing/SortHead'
import { useListing } from '@/parts/listing/useListing'
import { Empty, Failure } from '@/parts/Notice'
import { count } from '@/words/format'
import { AdminPage } from '../admin/AdminPage'
import { hiddenWords } from './words'

// More names than this are counted.
const SHOWN = 10

const COLUMNS = {
  name: ({ name }: Zone) => name,
  cameras: ({ cameras, hidden }: Zone) => cameras.length + hidden,
  roles: ({ grants }: Zone) => grants,
}

/** Named groups of cameras, which roles can be limited to. */
export function ZonesPage() {
  const zones = useQuery(zonesQuery)
  return (
    <AdminPage
      title="Zones"
      note={zones.data && zones.data.length > 0 ? count(zones.data.length, 'zone') : undefined}
      actions={
        <LinkButton to="/admin/zones/new" leftSection={<IconPlus size={16} aria-hidden />}>
          Add zone
        </LinkButton>
      }
    >
      {zones.error && !zones.data && <Failure error={zones.error} onRetry={() => void zones.refetch()} />}
      {!zones.data && !zones.error && <Skeleton height={160} />}
      {zones.data?.length === 0 && (
        <Empty
          icon={<IconMapPins size={40} stroke={1.25} />}
          title="No zone yet"
          action={<LinkButton to="/admin/zones/new">Add a zone</LinkButton>}
        >
          A zone is a few cameras under one name: the car park, the second floor. Roles can be given in a zone
          only.
        </Empty>
      )}
      {zones.data && zones.data.length > 0 && <ZoneTable zones={zones.data} />}
    </AdminPage>
  )
}

function ZoneTable({ zones }: { zones: Zone[] }) {
  const cameras = useQuery(camerasQuery).data
  const names = new Map(cameras?.map(({ id, name }) => [id, name]))
  const placed = new Set(zones.flatMap((zone) => zone.cameras))
  const outside = cameras?.filter(({ id }) => !placed.has(id)) ?? []
  const list = useListing({
    items: zones,
    text: (zone) => [zone.name, zone.description, ...zone.cameras.map((id) => names.get(id) ?? '')].join(' '),
    columns: COLUMNS,
    usual: { by: 'name', down: false },
  })
  const sort = { order: list.order, onSort: list.sortBy }
  return (
    <ListFrame list={list} what="zone" placeholder="Name, description or camera">
      <Table className={table.table} horizontalSpacing={12} verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <SortHead {...sort} by="name">
              Zone
            </SortHead>
            <SortHead {...sort} by="cameras">
              Cameras
            </SortHead>
            <SortHead {...sort} by="roles" className={table.optional}>
              Roles limited to it
            </SortHead>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.shown.map((zone) => (
            <Table.Tr key={zone.id}>
              <Table.Td>
                <Link to="/admin/zones/$id" params={{ id: zone.id }} className={table.main}>
                  {zone.name}
                </Link>
                {zone.description && <div className="meta">{zone.description}</div>}
              </Table.Td>
              <Table.Td>
                <div className={table.chips}>
                  {zone.cameras.slice(0, SHOWN).map((id) => (
                    <Chip key={id}>{names.get(id) ?? (cameras ? 'a removed camera' : '…')}</Chip>
                  ))}
                  {zone.cameras.length > SHOWN && (
                    <Chip tone="quiet">{zone.cameras.length - SHOWN} more</Chip>
                  )}
                  {zone.hidden > 0 && <Chip tone="quiet">{hiddenWords(zone.hidden)}</Chip>}
                  {zone.cameras.length + zone.hidden === 0 && <Chip tone="degraded">none</Chip>}
                </div>
              </Table.Td>
              <Table.Td className={table.optional}>{zone.grants === 0 ? 'none' : zone.grants}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {outside.length > 0 && (
        <p className="meta">
          In no zone:{' '}
          {outside
            .slice(0, SHOWN)
            .map(({ name }) => name)
            .join(', ')}
          {outside.length > SHOWN ? ` and ${outside.length - SHOWN} more` : ''}. Only who was given a role
          everywhere or on the camera itself gets to see {outside.length === 1 ? 'it' : 'them'}.
        </p>
      )}
    </ListFrame>
  )
}
