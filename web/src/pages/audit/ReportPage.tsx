import { Button, Menu, Select, Skeleton, Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { IconChevronDown, IconDownload, IconPrinter, IconReportAnalytics } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { auditReportQuery, type AuditEntry, type AuditReport } from '@/api/audit'
import table from '@/parts/DataTable.module.css'
import { LinkButton } from '@/parts/links'
import { Empty, Failure, Notice } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { useNow, useZone } from '@/state/hooks'
import { actionWords } from '@/words/audit'
import { clockTime, count, dayName, duration, MONTH_NAMES } from '@/words/format'
import { DAY, wallTime } from '@/words/zone'
import { AdminPage } from '../admin/AdminPage'
import classes from './Audit.module.css'
import { download } from './download'
import { months, reportCsv } from './report'

const route = getRouteApi('/frame/admin/audit/report')

/** A month for whoever has to account for it: who came in, who failed to, who saw what, what was changed and deleted. */
export function ReportPage() {
  const { month } = route.useSearch()
  const navigate = useNavigate()
  const zone = useZone()
  const now = useNow(DAY)
  const report = useQuery({ ...auditReportQuery(month ?? '', zone), enabled: month !== undefined })
  return (
    <AdminPage
      title={month ? `Report of ${monthName(month)}` : 'Report of a month'}
      note={
        report.data && `${count(report.data.entries, 'entry', 'entries')}, times in ${report.data.timezone}`
      }
      actions={
        <>
          <LinkButton to="/admin/audit" variant="default">
            Audit log
          </LinkButton>
          {report.data && <Save report={report.data} />}
        </>
      }
    >
      <Select
        className={classes.noPrint ?? ''}
        label="Month"
        placeholder="Choose a month"
        searchable
        allowDeselect={false}
        maw={320}
        data={months(wallTime(now, zone)).map((value) => ({ value, label: monthName(value) }))}
        value={month ?? null}
        onChange={(value) =>
          void navigate({ to: '/admin/audit/report', search: value ? { month: value } : {} })
        }
      />
      {!month && (
        <Empty icon={<IconReportAnalytics size={40} stroke={1.25} />} title="Which month?">
          Sign-ins and failed ones, who saw which camera, changes of permissions, deletions. Making a report
          is an entry of the log itself.
        </Empty>
      )}
      {report.error && <Failure error={report.error} onRetry={() => void report.refetch()} />}
      {month && !report.data && !report.error && <Skeleton height={480} />}
      {report.data && <Body report={report.data} />}
    </AdminPage>
  )
}

function monthName(month: string): string {
  const [year = '', number = '1'] = month.split('-')
  return `${MONTH_NAMES[Number(number) - 1] ?? number} ${year}`
}

function Save({ report }: { report: AuditReport }) {
  const name = `vedette-report-${report.month}`
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
        <Menu.Item onClick={() => download(`${name}.csv`, 'text/csv;charset=utf-8', reportCsv(report))}>
          CSV, for spreadsheets
        </Menu.Item>
        <Menu.Item
          onClick={() => download(`${name}.json`, 'application/json', JSON.stringify(report, null, 2))}
        >
          JSON, for programs
        </Menu.Item>
        <Menu.Item leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
          Print, or save as PDF
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0)

function Body({ report }: { report: AuditReport }) {
  const zone = report.timezone
  const at = (text: string) =>
    `${dayName(Date.parse(text), zone)} ${clockTime(Date.parse(text), zone, 'minute')}`
  const numbers: [string, number][] = [
    ['Sign-ins', sum(report.logins.map((one) => one.count))],
    ['Failed sign-ins', sum(report.failed_logins.map((one) => one.count))],
    ['People who watched', new Set(report.views.map((one) => one.user_id ?? one.name)).size],
    ['Changes of permissions', report.permission_changes.length],
    ['Deletions', report.deletions.length],
  ]
  return (
    <>
      <dl className={classes.numbers}>
        {numbers.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="tabular">{value.toLocaleString('en-GB')}</dd>
          </div>
        ))}
      </dl>
      {report.cut && (
        <Notice tone="degraded">
          There were more changes or deletions than stand here. The export of the audit log has all of them.
        </Notice>
      )}
      {(
        [
          ['Sign-ins', report.logins, 'Nobody signed in.'],
          ['Failed sign-ins', report.failed_logins, 'No sign-in failed.'],
        ] as const
      ).map(([title, logins, none]) => (
        <Section key={title} title={title} note="By person and address.">
          <List
            none={none}
            head={['Name', 'Address', 'How often', 'First', 'Last']}
            rows={logins.map((one) => [
              one.name || 'no name',
              one.address || 'this server',
              one.count.toLocaleString('en-GB'),
              at(one.first),
              at(one.last),
            ])}
          />
        </Section>
      ))}
      <Section title="Who saw what" note="Playback, stills and downloads are counted once an hour.">
        <List
          none="Nobody looked at a camera."
          head={['Name', 'Camera', 'Live', 'Playback', 'Stills', 'Downloads', 'Last']}
          rows={report.views.map((one) => [
            one.name,
            one.camera ?? 'a removed camera',
            one.live === 0 ? '–' : `${one.live} × ${duration(one.live_seconds * 1000)} in all`,
            one.playback || '–',
            one.snapshots || '–',
            one.downloads || '–',
            at(one.last),
          ])}
        />
      </Section>
      <Section title="Changes of permissions">
        <Entries entries={report.permission_changes} at={at} none="Nothing was changed." />
      </Section>
      <Section title="Deletions" note="By people and by retention.">
        <Entries entries={report.deletions} at={at} none="Nothing was deleted." />
      </Section>
    </>
  )
}

function Entries({
  entries,
  at,
  none,
}: {
  entries: AuditEntry[]
  at: (text: string) => string
  none: string
}) {
  return (
    <List
      none={none}
      head={['When', 'Who', 'What', 'To what', 'Address']}
      rows={entries.map((entry) => [
        at(entry.at),
        entry.actor_name || entry.actor_kind,
        <Link key={entry.id} to="/admin/audit" search={{ entry: entry.id }}>
          {actionWords(entry.action)}
        </Link>,
        entry.object_name ?? entry.object_id ?? '',
        entry.address || 'this server',
      ])}
    />
  )
}

function List({ none, head, rows }: { none: string; head: string[]; rows: ReactNode[][] }) {
  if (rows.length === 0) return <p className={classes.none}>{none}</p>
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={head.join(', ')}>
      <Table className={table.table} horizontalSpacing={12} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            {head.map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, number) => (
            <Table.Tr key={number}>
              {row.map((value, column) => (
                <Table.Td key={column}>{value}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
