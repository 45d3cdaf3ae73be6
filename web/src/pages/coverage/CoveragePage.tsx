import { ActionIcon, Button, Menu, Skeleton, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import {
  IconChevronDown,
  IconChevronLeft,
  IconChevronRight,
  IconDeviceCctv,
  IconDownload,
  IconKey,
} from '@tabler/icons-react'
import { Allowed } from '@/access/useAccess'
import { coverageFile, coverageReportQuery, signingKeysAddress, type CoverageReport } from '@/api/recordings'
import { Empty, Failure } from '@/parts/Notice'
import { useNow, useZone } from '@/state/hooks'
import { count, isoDay } from '@/words/format'
import { shareName } from '@/words/share'
import { monthName } from '../audit/period'
import { FootagePage } from '../recordings/FootagePage'
import { CheckReport } from './CheckReport'
import classes from './Coverage.module.css'
import { Matrix } from './Matrix'
import { keptOf, shifted } from './month'
import { Promised } from './Promised'

const route = getRouteApi('/frame/coverage')

/** How much of what was promised is recorded: a month, by camera and day. */
export function CoveragePage() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const zone = useZone()
  const now = useNow(60_000)
  const present = isoDay(now, zone).slice(0, 7)
  const month = search.month ?? present
  const report = useQuery(coverageReportQuery(month))
  const go = (next: string) =>
    void navigate({ to: '/coverage', search: next === present ? {} : { month: next }, replace: true })
  return (
    <FootagePage
      title="Coverage"
      note={report.data && `days in ${report.data.timezone}`}
      actions={
        <Allowed permission="audit.view">
          <Save month={month} />
        </Allowed>
      }
    >
      <div className={classes.head}>
        <div className={classes.month} role="group" aria-label="Month">
          <Tooltip label="Month before">
            <ActionIcon aria-label="Month before" onClick={() => go(shifted(month, -1))}>
              <IconChevronLeft size={16} />
            </ActionIcon>
          </Tooltip>
          <h2 aria-live="polite">{monthName(month)}</h2>
          <Tooltip label="Month after">
            <ActionIcon
              aria-label="Month after"
              disabled={month >= present}
              onClick={() => go(shifted(month, 1))}
            >
              <IconChevronRight size={16} />
            </ActionIcon>
          </Tooltip>
        </div>
        {report.data && <Summary report={report.data} />}
      </div>
      {report.error && <Failure error={report.error} onRetry={() => void report.refetch()} />}
      {!report.data && !report.error && <Skeleton height={320} aria-label="Counting" />}
      {report.data?.cameras.length === 0 && (
        <Empty icon={<IconDeviceCctv size={40} stroke={1.25} />} title="No cameras in this month">
          What was recorded of each camera and day will stand here.
        </Empty>
      )}
      {report.data && report.data.cameras.length > 0 && <Matrix report={report.data} />}
      <CheckReport />
    </FootagePage>
  )
}

function Summary({ report }: { report: CoverageReport }) {
  const days = report.cameras.flatMap((camera) => camera.days.map(keptOf))
  const missed = days.filter((one) => one === 'missed').length
  const known = days.filter((one) => one !== 'nothing').length
  return (
    <p className={classes.summary}>
      <strong>{shareName(report.percent)}</strong> of what was due is recorded.{' '}
      <Promised percent={report.promised_percent} />{' '}
      {known > 0 &&
        (missed === 0
          ? 'Kept on every day.'
          : `Not kept on ${missed.toLocaleString('en-GB')} of ${count(known, 'camera day')}.`)}
    </p>
  )
}

function Save({ month }: { month: string }) {
  return (
    <Menu position="bottom-end" portalProps={{ target: '#main' }}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          Report
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Of all cameras; making one is an entry of the audit log</Menu.Label>
        <Menu.Item component="a" download href={coverageFile(month, 'pdf')}>
          PDF, signed
        </Menu.Item>
        <Menu.Item component="a" download href={coverageFile(month, 'json')}>
          JSON, signed
        </Menu.Item>
        <Menu.Item component="a" download href={coverageFile(month, 'csv')}>
          CSV, for spreadsheets
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          component="a"
          download="vedette-signing-keys.json"
          href={signingKeysAddress}
          leftSection={<IconKey size={16} aria-hidden />}
        >
          Public key, to check reports with
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
