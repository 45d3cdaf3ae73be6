import { Button, Skeleton } from '@mantine/core'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { IconMovie, IconRefresh, IconTrash } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useAccess } from '@/access/useAccess'
import { api } from '@/api/client'
import { camerasQuery, keys, removedQuery } from '@/api/queries'
import { foundRecordings, foundSums } from '@/api/recordings'
import type { Recording } from '@/api/types'
import { Confirm } from '@/parts/Confirm'
import { MoreRows } from '@/parts/MoreRows'
import { Empty, Failure } from '@/parts/Notice'
import { bytes, count, duration } from '@/words/format'
import { Filters } from './Filters'
import { FootagePage } from './FootagePage'
import classes from './Recordings.module.css'
import { RecordingsTable } from './RecordingsTable'
import { recordingsAsked, type FindSearch } from './search'

const route = getRouteApi('/frame/recordings')

/** What is recorded, found by camera, time and what is about it. */
export function RecordingsPage() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const client = useQueryClient()
  const { may } = useAccess()
  // What is being looked through does not move away: the period ends when the page was opened.
  const [openedAt, setOpenedAt] = useState(() => Date.now())
  const asked = useMemo(() => recordingsAsked(search, openedAt), [search, openedAt])
  const found = useInfiniteQuery(foundRecordings(asked))
  const sums = useQuery(foundSums(asked))
  const items = found.data?.pages.flatMap((page) => page.items)
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState(false)
  const chosen = (items ?? []).filter(({ id }) => picked.has(id))
  const names = useNames()
  const deletable = (one: Recording) =>
    one.state !== 'open' && !one.held && may('recording.delete', one.camera_id)
  const go = (next: FindSearch) => {
    setPicked(new Set())
    void navigate({ to: '/recordings', search: next, replace: true })
  }
  return (
    <FootagePage title="Recordings">
      <Filters kind="recordings" search={search} now={openedAt} onChange={go} />
      <div className={classes.sums} role="status">
        {sums.data ? (
          <>
            <span>
              <strong>{count(sums.data.count, 'recording')}</strong>
            </span>
            {sums.data.count > 0 && (
              <>
                <span>{duration(sums.data.duration_ms)}</span>
                <span>{bytes(sums.data.bytes)}</span>
              </>
            )}
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
        {chosen.length > 0 && (
          <Button
            color="red"
            size="compact-md"
            leftSection={<IconTrash size={14} aria-hidden />}
            onClick={() => setAsking(true)}
          >
            Delete {count(chosen.length, 'recording')}
          </Button>
        )}
      </div>
      {found.error && !items && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {!items && !found.error && <Skeleton height={480} aria-label="Searching" />}
      {items?.length === 0 && (
        <Empty icon={<IconMovie size={40} stroke={1.25} />} title="Nothing found">
          No recording fits. Take a filter away, or choose a longer period.
        </Empty>
      )}
      {items && items.length > 0 && (
        <>
          <RecordingsTable
            items={items}
            names={names}
            picked={picked}
            deletable={deletable}
            onPick={(ids, on) =>
              setPicked((before) => {
                const after = new Set(before)
                for (const id of ids)
                  if (on) after.add(id)
                  else after.delete(id)
                return after
              })
            }
          />
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
      <Confirm
        opened={asking}
        title={`Delete ${count(chosen.length, 'recording')}?`}
        action="Delete"
        act={async () => {
          for (const { id } of chosen) await api.delete(`/recordings/${id}`)
        }}
        onDone={() => setPicked(new Set())}
        onClose={() => {
          setAsking(false)
          // Also where only some of them went.
          void client.invalidateQueries({ queryKey: keys.recordings })
        }}
      >
        {duration(chosen.reduce((sum, one) => sum + one.duration_ms, 0))} of footage,{' '}
        {bytes(chosen.reduce((sum, one) => sum + one.bytes, 0))}, are lost for good. The time lines say that a
        person deleted them.
      </Confirm>
    </FootagePage>
  )
}

export interface Named {
  name: string
  slug: string
}

/** How cameras are called, by their ids; removed ones among them. */
export function useNames(): ReadonlyMap<string, Named> {
  const cameras = useQuery(camerasQuery).data
  const removed = useQuery(removedQuery).data
  return useMemo(
    () => new Map([...(cameras ?? []), ...(removed ?? [])].map(({ id, name, slug }) => [id, { name, slug }])),
    [cameras, removed],
  )
}
