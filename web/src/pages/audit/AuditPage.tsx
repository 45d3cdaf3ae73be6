import { Button, Menu, Skeleton, Table } from '@mantine/core'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { IconChevronDown, IconDownload, IconListSearch, IconRefresh } from '@tabler/icons-react'
import { AUDIT, auditExport, auditQuery, type AuditEntry, type AuditFilter } from '@/api/audit'
import table from '@/parts/DataTable.module.css'
import { LinkButton } from '@/parts/links'
import { MoreRows } from '@/parts/MoreRows'
import { Empty, Failure } from '@/parts/Notice'
import { StateMark } from '@/parts/StateMark'
import { useNow, useZone } from '@/state/hooks'
import { actionWords, resultWords, viaWords } from '@/words/audit'
import { moment, stretch } from '@/words/format'
import { AdminPage } from '../admin/AdminPage'
import classes from './Audit.module.css'
import { EntryDrawer } from './EntryDrawer'
import { Filters } from './Filters'
import { filterOf } from './search'
import { summary } from './summary'
import { Verify } from './Verify'

const route = getRouteApi('/frame/admin/audit')

/** Everything that people did; what happened last comes first. */
export function AuditPage() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const client = useQueryClient()
  const filter = filterOf(search)
  const log = useInfiniteQuery(auditQuery(filter))
  const entries = log.data?.pages.flatMap(({ items }) => items)
  const filtered = Object.keys(filter).length > 0
  return (
    <AdminPage
      title="Audit log"
      actions={
        <>
          <Verify />
          <LinkButton to="/admin/audit/report" variant="default">
            Report
          </LinkButton>
          <ExportMenu filter={filter} />
        </>
      }
    >
      <Filters
        search={search}
        actorName={entries?.find(({ actor_id }) => actor_id === filter.actor)?.actor_name}
        tokenName={entries?.find(({ token_id }) => token_id === filter.token)?.token_name ?? undefined}
        objectName={entries?.find(({ object_id }) => object_id === filter.object)?.object_name ?? undefined}
        onChange={(next) => void navigate({ to: '/admin/audit', search: next, replace: true })}
      />
      {log.error && !entries && <Failure error={log.error} onRetry={() => void log.refetch()} />}
      {!entries && !log.error && <Skeleton height={480} />}
      {entries?.length === 0 && (
        <Empty
          icon={<IconListSearch size={40} stroke={1.25} />}
          title={filtered ? 'Nothing matches' : 'Nothing yet'}
        >
          {filtered
            ? 'No entry fits all of these filters.'
            : 'Sign-ins, views, changes and deletions will stand here.'}
        </Empty>
      )}
      {entries && entries.length > 0 && (
        <>
          <div className={classes.again}>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconRefresh size={14} aria-hidden />}
              loading={log.isRefetching && !log.isFetchingNextPage}
              onClick={() => void client.resetQueries({ queryKey: [...AUDIT, 'list', filter] })}
            >
              Look for newer entries
            </Button>
          </div>
          <Entries entries={entries} />
          {log.error && <Failure error={log.error} onRetry={() => void log.fetchNextPage()} />}
          {!log.error && (
            <MoreRows
              more={log.hasNextPage}
              busy={log.isFetchingNextPage}
              onMore={() => void log.fetchNextPage()}
            />
          )}
        </>
      )}
      <EntryDrawer
        id={search.entry}
        known={entries?.find(({ id }) => id === search.entry)}
        onClose={() => void navigate({ to: '/admin/audit', search: filter })}
      />
    </AdminPage>
  )
}

function ExportMenu({ filter }: { filter: AuditFilter }) {
  const filtered = Object.keys(filter).length > 0
  return (
    <Menu position="bottom-end" portalProps={{ target: '#main' }}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {filtered ? 'What the filters show' : 'The whole log'}; the export is an entry, too
        </Menu.Label>
        <Menu.Item component="a" download href={auditExport(filter, 'csv')}>
          CSV, for spreadsheets
        </Menu.Item>
        <Menu.Item component="a" download href={auditExport(filter, 'json')}>
          JSON, for programs
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function Entries({ entries }: { entries: AuditEntry[] }) {
  const zone = useZone()
  const now = useNow(30_000)
  const times = {
    instant: (at: number) => moment(at, zone, now),
    stretch: (start: number, end: number) => stretch(start, end, zone, now),
  }
  return (
    <Table className={`${table.table ?? ''} ${classes.log ?? ''}`} horizontalSpacing={12} verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>When</Table.Th>
          <Table.Th>Who</Table.Th>
          <Table.Th>What</Table.Th>
          <Table.Th className={table.optional}>Address</Table.Th>
          <Table.Th className={table.optional}>Result</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {entries.map((entry) => {
          const result = resultWords(entry.result)
          const via = viaWords(entry)
          const more = summary(entry, times)
          return (
            <Table.Tr key={entry.id} className={classes.row}>
              <Table.Td className={classes.when}>
                <time dateTime={entry.at}>{times.instant(Date.parse(entry.at))}</time>
              </Table.Td>
              <Table.Td>
                {entry.actor_name || (entry.actor_kind === 'nobody' ? 'not signed in' : entry.actor_kind)}
                {via && entry.actor_kind !== 'share' && <div className={classes.via}>by {via}</div>}
              </Table.Td>
              <Table.Td>
                <Link
                  to="/admin/audit"
                  search={(before) => ({ ...before, entry: entry.id })}
                  className={classes.open}
                  resetScroll={false}
                >
                  {entry.sentence ?? actionWords(entry.action, entry.result)}
                </Link>
                {entry.object_name && entry.object_name !== entry.actor_name && (
                  <span className={classes.object}> {entry.object_name}</span>
                )}
                {more && <span className={classes.detail}> {more}</span>}
                {entry.result !== 'ok' && (
                  <div className={table.narrow}>
                    <span className={classes.result} data-tone={result.tone}>
                      <StateMark tone={result.tone} /> {result.label}
                    </span>
                  </div>
                )}
              </Table.Td>
              <Table.Td className={table.optional}>{entry.address || 'this server'}</Table.Td>
              <Table.Td className={table.optional}>
                <span className={classes.result} data-tone={result.tone}>
                  <StateMark tone={result.tone} /> {result.label}
                </span>
              </Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}
