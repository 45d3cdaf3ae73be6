import { Button, Skeleton, Table } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { IconRefresh, IconTimelineEvent } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { foundGaps, foundGapSums, type StreamGap } from '@/api/recordings'
import table from '@/parts/DataTable.module.css'
import { MoreRows } from '@/parts/MoreRows'
import { Empty, Failure } from '@/parts/Notice'
import { useNow, useZone } from '@/state/hooks'
import { causeLook } from '@/timeline/causes'
import { count, duration, moment } from '@/words/format'
import { Filters } from './Filters'
import { FootagePage } from './FootagePage'
import classes from './Recordings.module.css'
import { Cause } from './RecordingsTable'
import { useNames, type Named } from './RecordingsPage'
import { gapsAsked } from './search'

const route = getRouteApi('/frame/recordings/gaps')
// The player begins a little before, with the last pictures.
const BEFORE_MS = 5_000

/** What is not recorded, and why. */
export function GapsPage() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const [openedAt, setOpenedAt] = useState(() => Date.now())
  const asked = useMemo(() => gapsAsked(search, openedAt), [search, openedAt])
  const found = useInfiniteQuery(foundGaps(asked))
  const sums = useQuery(foundGapSums(asked))
  const items = found.data?.pages.flatMap((page) => page.items)
  const names = useNames()
  return (
    <FootagePage title="Gaps">
      <Filters
        kind="gaps"
        search={search}
        now={openedAt}
        onChange={(next) => void navigate({ to: '/recordings/gaps', search: next, replace: true })}
      />
      <div className={classes.sums} role="status">
        {sums.data ? (
          <>
            <span>
              <strong>{count(sums.data.count, 'gap')}</strong>
            </span>
            {sums.data.causes.map(({ cause, count: many, duration_ms }) => (
              <span key={cause}>
                {causeLook(cause).label}: {many.toLocaleString('en-GB')}, {duration(duration_ms)}
              </span>
            ))}
          </>
        ) : (
          !sums.error && <Skeleton width={240} height={16} aria-label="Counting" />
        )}
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconRefresh size={14} aria-hidden />}
          onClick={() => setOpenedAt(Date.now())}
        >
          Look again
        </Button>
      </div>
      {found.error && !items && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {!items && !found.error && <Skeleton height={480} aria-label="Searching" />}
      {items?.length === 0 && (
        <Empty icon={<IconTimelineEvent size={40} stroke={1.25} />} title="No gaps">
          Nothing is missing in this period that fits these filters.
        </Empty>
      )}
      {items && items.length > 0 && (
        <>
          <Gaps items={items} names={names} />
          {found.error && <Failure error={found.error} onRetry={() => void found.fetchNextPage()} />}
          {!found.error && (
            <MoreRows
              more={found.hasNextPage}
              busy={found.isFetchingNextPage}
              onMore={() => void found.fetchNextPage()}
            />
          )}
        </>
      )}
    </FootagePage>
  )
}

function Gaps({ items, names }: { items: StreamGap[]; names: ReadonlyMap<string, Named> }) {
  const zone = useZone()
  const now = useNow(60_000)
  return (
    <Table className={table.table} horizontalSpacing={12} verticalSpacing={8}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Camera</Table.Th>
          <Table.Th>Why</Table.Th>
          <Table.Th className={table.optional}>From</Table.Th>
          <Table.Th className={table.optional}>To</Table.Th>
          <Table.Th className={table.optional}>Length</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((gap) => {
          const start = Date.parse(gap.start)
          const camera = names.get(gap.camera_id)
          const from = moment(start, zone, now)
          const to = gap.end === null ? 'lasts' : moment(Date.parse(gap.end), zone, now)
          return (
            <Table.Tr key={gap.id}>
              <Table.Td>
                <Link
                  to="/playback"
                  search={{
                    ...(camera ? { camera: camera.slug } : {}),
                    at: new Date(start - BEFORE_MS).toISOString(),
                  }}
                  className={table.main}
                >
                  {camera?.name ?? 'Camera'}
                </Link>
                {gap.stream === 'sub' && <span className="meta"> sub-stream</span>}
                <div className={`${table.narrow ?? ''} meta tabular`}>
                  {from}, {duration(gap.duration_ms)}
                  {gap.end === null && ', lasts'}
                </div>
              </Table.Td>
              <Table.Td>
                <Cause cause={gap.cause} />
                {gap.detail && <div className="meta">{gap.detail}</div>}
              </Table.Td>
              <Table.Td className={`${table.optional ?? ''} tabular`}>
                <time dateTime={gap.start}>{from}</time>
              </Table.Td>
              <Table.Td className={`${table.optional ?? ''} tabular`}>{to}</Table.Td>
              <Table.Td className={`${table.optional ?? ''} tabular`}>{duration(gap.duration_ms)}</Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}
