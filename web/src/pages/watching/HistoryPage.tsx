import { Button, Select, Skeleton } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { IconDownload, IconHistory, IconRefresh } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useAccess } from '@/access/useAccess'
import { pastExport, pastQuery } from '@/api/watching'
import { LinkButton } from '@/parts/links'
import { MoreRows } from '@/parts/MoreRows'
import { Empty, Failure } from '@/parts/Notice'
import { SpanFields } from '@/parts/SpanFields'
import { useZone } from '@/state/hooks'
import { fromLocal, toLocal } from '@/words/local-time'
import { AdminPage } from '../admin/AdminPage'
import { PastViews } from './PastViews'
import { PERIODS, spanOf, USUAL_DAYS, viewFilter, type PastSearch } from './search'
import { ViewFilters } from './ViewFilters'
import classes from './Watching.module.css'

const ViewerCharts = lazy(() =>
  import('./ViewerCharts').then(({ ViewerCharts: component }) => ({ default: component })),
)
const route = getRouteApi('/frame/admin/watching/history')
const CUSTOM = 'custom'

/** Who watched live: a curve of how many, and every view that has ended. */
export function HistoryPage() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const zone = useZone()
  const { may } = useAccess()
  const everybody = may('user.manage') || may('audit.view')
  // What is being read does not move away: the period ends when the page was opened.
  const [openedAt, setOpenedAt] = useState(() => Date.now())
  const filter = viewFilter({ ...search })
  const span = spanOf(search, openedAt)
  const past = useInfiniteQuery(pastQuery(filter, span))
  const views = past.data?.pages.flatMap(({ items }) => items)
  const go = (next: PastSearch) =>
    void navigate({ to: '/admin/watching/history', search: next, replace: true })
  const period = (value: string | null) => {
    if (value === CUSTOM) go({ ...filter, ...span })
    else go({ ...filter, ...(Number(value) === USUAL_DAYS ? {} : { days: Number(value) }) })
  }
  return (
    <AdminPage
      title="Live view history"
      actions={
        <>
          <LinkButton to="/admin/watching" search={filter} variant="default">
            Watching now
          </LinkButton>
          <Button
            component="a"
            download
            href={pastExport(filter, span)}
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            CSV
          </Button>
        </>
      }
    >
      <ViewFilters
        filter={filter}
        everybody={everybody}
        onChange={(next) => go({ ...pick(search), ...next })}
      >
        <Select
          aria-label="Period"
          allowDeselect={false}
          data={[
            ...PERIODS.map(({ days, label }) => ({ value: String(days), label })),
            { value: CUSTOM, label: 'From and to…' },
          ]}
          value={search.from ? CUSTOM : String(search.days ?? USUAL_DAYS)}
          onChange={period}
        />
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} aria-hidden />}
          loading={past.isRefetching && !past.isFetchingNextPage}
          onClick={() => setOpenedAt(Date.now())}
        >
          Refresh
        </Button>
      </ViewFilters>
      {search.from && (
        <CustomSpan
          key={`${span.from} ${span.to}`}
          span={span}
          zone={zone}
          onChange={(next) => go({ ...filter, ...next })}
        />
      )}
      <Suspense fallback={<Skeleton height={180} />}>
        <ViewerCharts filter={filter} span={span} zone={zone} />
      </Suspense>
      {past.error && !views && <Failure error={past.error} onRetry={() => void past.refetch()} />}
      {!views && !past.error && <Skeleton height={320} />}
      {views?.length === 0 && (
        <Empty icon={<IconHistory size={40} stroke={1.25} />} title="Nobody watched">
          No live view of this period has ended{Object.keys(filter).length > 0 && ' that fits these filters'}.
        </Empty>
      )}
      {views && views.length > 0 && (
        <>
          <PastViews views={views} />
          {past.error && <Failure error={past.error} onRetry={() => void past.fetchNextPage()} />}
          {!past.error && (
            <MoreRows
              more={past.hasNextPage}
              busy={past.isFetchingNextPage}
              onMore={() => void past.fetchNextPage()}
            />
          )}
        </>
      )}
      <p className={`${classes.foot ?? ''} meta`}>
        Numbers of players (latency, stalls) are what they told. The download is an entry of the audit log.
      </p>
    </AdminPage>
  )
}

/** The period of an address, without the other filters. */
function pick({ days, from, to }: PastSearch): PastSearch {
  if (from !== undefined && to !== undefined) return { from, to }
  return days === undefined ? {} : { days }
}

function CustomSpan(props: {
  span: { from: string; to: string }
  zone: string
  onChange: (span: { from: string; to: string }) => void
}) {
  const { span, zone, onChange } = props
  const [from, setFrom] = useState(toLocal(Date.parse(span.from), zone))
  const [to, setTo] = useState(toLocal(Date.parse(span.to), zone))
  const start = fromLocal(from, zone)
  const end = fromLocal(to, zone)
  const wrong = start !== null && end !== null && end <= start
  const changed = from !== toLocal(Date.parse(span.from), zone) || to !== toLocal(Date.parse(span.to), zone)
  return (
    <div className={classes.span}>
      <SpanFields
        zone={zone}
        from={{ label: 'From', value: from }}
        to={{ label: 'To', value: to, error: wrong ? 'The end must be after the start.' : undefined }}
        onFrom={setFrom}
        onTo={setTo}
      />
      <Button
        disabled={start === null || end === null || wrong || !changed}
        onClick={() =>
          start !== null &&
          end !== null &&
          onChange({ from: new Date(start).toISOString(), to: new Date(end).toISOString() })
        }
      >
        Show
      </Button>
    </div>
  )
}
