import { ActionIcon, Button, Menu, Skeleton, Table } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconDotsVertical, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { api } from '@/api/client'
import { grantsQuery, peopleChanged, type Grant } from '@/api/people'
import { camerasQuery } from '@/api/queries'
import { Confirm } from '@/parts/Confirm'
import table from '@/parts/DataTable.module.css'
import { matching } from '@/parts/listing/arrange'
import { NothingFound } from '@/parts/listing/NothingFound'
import { SearchField } from '@/parts/listing/SearchField'
import { MoreRows } from '@/parts/MoreRows'
import { Failure } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { StateMark } from '@/parts/StateMark'
import { useNow, useZone } from '@/state/hooks'
import { GrantDialog } from './GrantDialog'
import classes from './Grants.module.css'
import { grantState, whenWords } from './words'

/** Of whom or what the grants are; that column is left out. */
export type Of = { user: string } | { group: string } | { role: string } | { zone: string }

interface Props {
  of: Of
  /** As it is called: `bert`, `Guards`. */
  name: string
  title: string
  note: string
  /** What stands where there is none. */
  none: string
}

/** The grants of a person, group, role or zone: given, changed and withdrawn here. */
export function GrantSection({ of, name, title, note, none }: Props) {
  const filter =
    'user' in of
      ? { user_id: of.user, by_groups: true as const }
      : 'group' in of
        ? { group_id: of.group }
        : 'role' in of
          ? { role_id: of.role }
          : { zone_id: of.zone }
  const grants = useQuery(grantsQuery(filter))
  const [giving, setGiving] = useState(false)
  const given =
    'user' in of || 'group' in of ? { subject: of } : 'role' in of ? { role: of.role } : { zone: of.zone }
  return (
    <Section
      title={title}
      note={note}
      actions={
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setGiving(true)}
        >
          Give a role
        </Button>
      }
    >
      {grants.error && !grants.data && <Failure error={grants.error} onRetry={() => void grants.refetch()} />}
      {!grants.data && !grants.error && <Skeleton height={88} />}
      {grants.data?.length === 0 && <p className={classes.none}>{none}</p>}
      {grants.data && grants.data.length > 0 && <Found grants={grants.data} of={of} />}
      {giving && <GrantDialog given={given} name={name} onClose={() => setGiving(false)} />}
    </Section>
  )
}

// From so many on a search is worth its room; so many are drawn at once.
const SEARCHED = 12
const ROWS = 100

/** The search before a long list of grants, and the way to the rest of it. */
function Found({ grants, of }: { grants: Grant[]; of: Of }) {
  const [wanted, setWanted] = useState('')
  const [rows, setRows] = useState(ROWS)
  const found = matching(grants, wanted, ({ subject, role, source }) => `${subject} ${role} ${source}`)
  return (
    <>
      {grants.length >= SEARCHED && (
        <SearchField label="Find a grant" placeholder="Name or role" value={wanted} onChange={setWanted} />
      )}
      {found.length === 0 && <NothingFound what="grant" q={wanted} onClear={() => setWanted('')} />}
      {found.length > 0 && <Rows grants={found.slice(0, rows)} of={of} />}
      <MoreRows more={found.length > rows} busy={false} onMore={() => setRows(rows + ROWS)} />
    </>
  )
}

function Rows({ grants, of }: { grants: Grant[]; of: Of }) {
  const cameras = useQuery(camerasQuery).data
  const zone = useZone()
  const now = useNow(30_000)
  const showsSubject = !('group' in of)
  const showsRole = !('role' in of)
  const showsWhere = !('zone' in of)
  return (
    <Table className={table.table} horizontalSpacing={12} verticalSpacing={8}>
      <Table.Thead>
        <Table.Tr>
          {showsRole && <Table.Th>Role</Table.Th>}
          {showsSubject && (
            <Table.Th className={showsRole ? table.optional : ''}>
              {'user' in of ? 'Given to' : 'Who'}
            </Table.Th>
          )}
          {showsWhere && <Table.Th className={table.optional}>Where</Table.Th>}
          <Table.Th className={table.optional}>When</Table.Th>
          <Table.Th>Now</Table.Th>
          <Table.Th className={table.menu}>
            <span className="visually-hidden">Actions</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {grants.map((grant) => {
          const where = whereWords(
            grant,
            cameras?.find(({ id }) => id === grant.camera_id)?.name ?? (cameras ? 'a camera' : '…'),
          )
          const when = whenWords(grant, zone, now)
          const state = grantState(grant, now)
          // What comes by a group is withdrawn from the group, and what a sign-in provider gives comes again.
          const own = !('user' in of) || grant.user_id === of.user
          const byHand = grant.source === 'manual'
          return (
            <Table.Tr key={grant.id}>
              {showsRole && (
                <Table.Td>
                  <Link to="/admin/roles" search={{ role: grant.role_id }} className={table.main}>
                    {grant.role}
                  </Link>
                  <div className={table.narrow}>
                    {showsSubject && (
                      <div>
                        <SubjectLink grant={grant} own={'user' in of && own} />
                      </div>
                    )}
                    {where}, {when}
                  </div>
                </Table.Td>
              )}
              {showsSubject && (
                <Table.Td className={showsRole ? table.optional : ''}>
                  <SubjectLink grant={grant} own={'user' in of && own} />
                  {!showsRole && (
                    <div className={table.narrow}>
                      {where}, {when}
                    </div>
                  )}
                </Table.Td>
              )}
              {showsWhere && (
                <Table.Td className={table.optional}>
                  {grant.zone_id ? (
                    <Link to="/admin/zones/$id" params={{ id: grant.zone_id }}>
                      {where}
                    </Link>
                  ) : (
                    where
                  )}
                </Table.Td>
              )}
              <Table.Td className={table.optional}>{when}</Table.Td>
              <Table.Td>
                <span className={classes.state}>
                  <StateMark tone={state.tone} /> {state.label}
                </span>
                {!byHand && <div className="meta">by {grant.source}</div>}
              </Table.Td>
              <Table.Td className={table.menu}>
                {own && byHand && <GrantMenu grant={grant} where={where} />}
              </Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}

function SubjectLink({ grant, own }: { grant: Grant; own: boolean }) {
  if (own) return 'by name'
  if (grant.group_id)
    return (
      <Link to="/admin/groups/$id" params={{ id: grant.group_id }}>
        group {grant.subject}
      </Link>
    )
  return (
    <Link to="/admin/users/$id" params={{ id: grant.user_id ?? '' }}>
      {grant.subject}
    </Link>
  )
}

function whereWords(grant: Grant, camera: string): string {
  if (grant.zone_id) return `zone ${grant.zone ?? ''}`
  return grant.camera_id ? camera : 'everywhere'
}

function GrantMenu({ grant, where }: { grant: Grant; where: string }) {
  const client = useQueryClient()
  const button = useRef<HTMLButtonElement>(null)
  const [doing, setDoing] = useState<'change' | 'withdraw' | null>(null)
  return (
    <>
      <Menu position="bottom-end" portalProps={{ target: '#main' }}>
        <Menu.Target>
          <ActionIcon ref={button} aria-label={`Actions for ${grant.role} for ${grant.subject}, ${where}`}>
            <IconDotsVertical size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setDoing('change')}>
            Change…
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color="var(--v-recording-text)"
            leftSection={<IconTrash size={16} />}
            onClick={() => setDoing('withdraw')}
          >
            Withdraw…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {doing === 'change' && (
        <GrantDialog
          given={{}}
          name={grant.subject}
          replaces={grant}
          onClose={() => {
            setDoing(null)
            button.current?.focus()
          }}
        />
      )}
      <Confirm
        opened={doing === 'withdraw'}
        title={`Withdraw ${grant.role} from ${grant.subject}?`}
        action="Withdraw"
        act={() => api.delete(`/grants/${grant.id}`)}
        onDone={() => {
          notifications.show({ message: `${grant.subject} no longer has ${grant.role} ${where}.` })
          void peopleChanged(client)
        }}
        onClose={() => setDoing(null)}
      >
        It counts at once: what {grant.subject} may do {where === 'everywhere' ? where : `(${where})`} only by
        this ends within seconds, also live pictures that are open.
      </Confirm>
    </>
  )
}
