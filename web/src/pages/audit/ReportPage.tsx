import { Button, Menu, Skeleton, Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { IconChevronDown, IconDownload, IconPrinter, IconReportAnalytics } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { auditReportQuery, type AuditEntry, type AuditReport, type WatchedView } from '@/api/audit'
import table from '@/parts/DataTable.module.css'
import { LinkButton } from '@/parts/links'
import { Empty, Failure, Notice } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { useNow, useZone } from '@/state/hooks'
import { actionWords } from '@/words/audit'
import { count, duration, isoDay, moment, stretch } from '@/words/format'
import { MINUTE } from '@/words/zone'
import { AdminPage } from '../admin/AdminPage'
import classes from './Audit.module.css'
import { download } from './download'
import { monthName, periodOf, spanName } from './period'
import { PeriodPicker } from './PeriodPicker'
import { ENTRY_LISTS, reportCsv } from './report'
import { summary, type Times } from './summary'

const route = getRouteApi('/frame/admin/audit/report')

/** A period for whoever has to account for it: who came in, who failed to, who saw what, what was changed and deleted. */
export function ReportPage() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const zone = useZone()
  const now = useNow(MINUTE)
  const period = periodOf(search)
  const report = useQuery(auditReportQuery(period, zone))
  return (
    <AdminPage
      title={search.month ? `Report of ${monthName(search.month)}` : 'Report'}
      note={
        report.data &&
        [
          ...(period && 'from' in period ? [spanName(period, zone)] : []),
          count(report.data.entries, 'entry', 'entries'),
          `times in ${report.data.timezone}`,
        ].join(', ')
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
      <PeriodPicker
        search={search}
        now={now}
        zone={zone}
        onChange={(next) => void navigate({ to: '/admin/audit/report', search: next })}
      />
      {!period && (
        <Empty icon={<IconReportAnalytics size={40} stroke={1.25} />} title="Which period?">
          Sign-ins and failed ones, who saw which camera, changes of permissions, refusals, deletions. Making
          a report is an entry of the log itself.
        </Empty>
      )}
      {report.error && <Failure error={report.error} onRetry={() => void report.refetch()} />}
      {period && !report.data && !report.error && <Skeleton height={480} />}
      {report.data && <Body report={report.data} />}
    </AdminPage>
  )
}

function Save({ report }: { report: AuditReport }) {
  const day = (at: string) => isoDay(Date.parse(at), report.timezone)
  const name = `vedette-report-${report.month ?? `${day(report.start)}-to-${day(report.end)}`}`
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
  const times: Times = {
    instant: (at) => moment(at, zone, null),
    stretch: (start, end) => stretch(start, end, zone, null),
  }
  const at = (text: string) => moment(Date.parse(text), zone, null, 'minute')
  const numbers: [string, number][] = [
    ['Sign-ins', sum(report.logins.map((one) => one.count))],
    ['Failed sign-ins', sum(report.failed_logins.map((one) => one.count))],
    ['People who watched', new Set(report.views.map((one) => one.user_id ?? one.name)).size],
    ...ENTRY_LISTS.map(([name, title]): [string, number] => [title, report[name].length]),
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
          A list had more than the 2,000 that stand here. The export of the audit log has all of them.
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
      <Section title="Who saw what" note="Stills and downloads are counted once an hour.">
        <List
          none="Nobody looked at a camera."
          head={['Name', 'Camera', 'Live', 'Playback', 'Stills', 'Downloads', 'Last']}
          rows={report.views.map((one) => [
            who(one.name, one.token_name),
            one.camera ?? 'a removed camera',
            one.live === 0 ? '–' : `${count(one.live, 'view')}, ${duration(one.live_seconds * 1000)}`,
            one.playback === 0
              ? '–'
              : `${count(one.playback, 'view')}, ${duration(one.playback_seconds * 1000)}`,
            one.snapshots || '–',
            one.downloads || '–',
            at(one.last),
          ])}
        />
      </Section>
      <Section
        title="Views one by one"
        note="Playback ends with the last request; footage is what was fetched, also ahead of what was shown."
      >
        <List
          none="Nobody watched."
          head={['When', 'Who', 'Camera', 'How', 'How long', 'Footage', 'Address']}
          rows={report.watched.map((one) => [
            <Link key={one.entry_id} to="/admin/audit" search={{ entry: one.entry_id }}>
              {times.instant(Date.parse(one.start))}
            </Link>,
            who(one.name, one.token_name),
            one.camera ?? 'a removed camera',
            one.kind === 'live' ? 'Live' : 'Playback',
            lasted(one),
            <span key="footage" className={classes.footage}>
              {one.footage
                .map(({ start, end }) => times.stretch(Date.parse(start), Date.parse(end)))
                .join(', ') || '–'}
            </span>,
            one.address || 'this server',
          ])}
        />
      </Section>
      {ENTRY_LISTS.map(([name, title]) => (
        <Section key={name} title={title} {...(NOTES[name] ? { note: NOTES[name] } : {})}>
          <Entries entries={report[name]} times={times} none={NONE[name]} />
        </Section>
      ))}
    </>
  )
}

type EntryList = (typeof ENTRY_LISTS)[number][0]

const NOTES: Partial<Record<EntryList, string>> = {
  shares_opened: 'Also tries with a wrong password.',
  tokens_elsewhere: 'From a network that the token is not for. They were not let in.',
  refusals: 'What people and programs tried, and may not do. The same again within a minute is counted.',
  deletions: 'By people and by retention.',
}

const NONE: Record<EntryList, string> = {
  permission_changes: 'Nothing was changed.',
  shares_opened: 'No link was opened.',
  tokens_elsewhere: 'No token was.',
  refusals: 'Nobody was refused anything.',
  deletions: 'Nothing was deleted.',
}

function who(name: string, token: string | null | undefined): string {
  return token ? `${name}, API token ${token}` : name
}

function lasted(view: WatchedView): string {
  if (view.seconds === null) return 'went on'
  return `${view.exact ? '' : 'at least '}${duration(view.seconds * 1000)}`
}

function Entries({ entries, times, none }: { entries: AuditEntry[]; times: Times; none: string }) {
  return (
    <List
      none={none}
      head={['When', 'Who', 'What', 'To what', 'Detail', 'Address']}
      rows={entries.map((entry) => [
        times.instant(Date.parse(entry.at)),
        who(entry.actor_name || entry.actor_kind, entry.token_name),
        <Link key={entry.id} to="/admin/audit" search={{ entry: entry.id }}>
          {entry.sentence ?? actionWords(entry.action, entry.result)}
        </Link>,
        entry.object_name ?? entry.object_id ?? '',
        summary(entry, times),
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
