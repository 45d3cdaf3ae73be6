import { Button, Skeleton, Table } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { IconEyeOff, IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import { camerasQuery } from '@/api/queries'
import { useAccess } from '@/access/useAccess'
import { endView, goingQuery, type LiveView } from '@/api/watching'
import { Confirm } from '@/parts/Confirm'
import table from '@/parts/DataTable.module.css'
import { LinkButton } from '@/parts/links'
import { Empty, Failure } from '@/parts/Notice'
import { useNow, useZone } from '@/state/hooks'
import { bitrate, bytes, count, duration, moment } from '@/words/format'
import { AdminPage } from '../admin/AdminPage'
import { ViewFilters } from './ViewFilters'
import { Viewer } from './Viewer'
import classes from './Watching.module.css'
import { latencyWords, qualityWords, stallWords, summary, transportWords } from './words'

const route = getRouteApi('/frame/admin/watching')

/** Who watches which camera live, now; one's own views only for who may see no others. */
export function WatchingPage() {
  const filter = route.useSearch()
  const navigate = useNavigate()
  const { may } = useAccess()
  const everybody = may('user.manage') || may('audit.view')
  const going = useQuery(goingQuery(filter))
  const filtered = Object.keys(filter).length > 0
  return (
    <AdminPage
      title={everybody ? 'Watching now' : 'Your live views'}
      note={going.data && summary(going.data)}
      actions={
        <LinkButton
          to="/admin/watching/history"
          search={filter}
          variant="default"
          leftSection={<IconHistory size={16} aria-hidden />}
        >
          History
        </LinkButton>
      }
    >
      <ViewFilters
        filter={filter}
        everybody={everybody}
        onChange={(next) => void navigate({ to: '/admin/watching', search: next, replace: true })}
      />
      {going.error && !going.data && <Failure error={going.error} onRetry={() => void going.refetch()} />}
      {!going.data && !going.error && <Skeleton height={240} />}
      {going.data?.length === 0 && (
        <Empty
          icon={<IconEyeOff size={40} stroke={1.25} />}
          title={filtered ? 'No view matches' : 'Nobody watches'}
        >
          {filtered
            ? 'Somebody may watch another camera. Clear the filters to see all.'
            : 'As soon as somebody opens a live picture it stands here. The history has those that were closed.'}
        </Empty>
      )}
      {going.data && going.data.length > 0 && <Going views={going.data} />}
    </AdminPage>
  )
}

function Going({ views }: { views: LiveView[] }) {
  const client = useQueryClient()
  const now = useNow(1000)
  const zone = useZone()
  const cameras = useQuery(camerasQuery).data
  const slugs = new Map(cameras?.map(({ id, slug }) => [id, slug]))
  const [ending, setEnding] = useState<LiveView | null>(null)
  // What the dialog says while it closes.
  const [asked, setAsked] = useState<LiveView | null>(null)
  const whose = asked?.mine ? 'your' : `${asked?.viewer.name ?? ''}’s`
  return (
    <>
      <Table className={table.table} horizontalSpacing={12} verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Who</Table.Th>
            <Table.Th>Camera</Table.Th>
            <Table.Th className={table.optional}>Since</Table.Th>
            <Table.Th className={table.optional}>By</Table.Th>
            <Table.Th className={table.optional}>Bit rate</Table.Th>
            <Table.Th className={table.wide}>Latency</Table.Th>
            <Table.Th className={table.wide}>Stalls</Table.Th>
            <Table.Th>
              <span className="visually-hidden">Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {views.map((view) => {
            const since = Date.parse(view.start)
            const slug = slugs.get(view.camera_id)
            const lasting = `for ${duration(Math.max(0, now - since))}`
            const numbers = `${latencyWords(view.latency_ms)} late, stalls: ${stallWords(view.stalls)}`
            return (
              <Table.Tr key={view.id} data-view={view.id}>
                <Table.Td>
                  <Viewer view={view} />
                </Table.Td>
                <Table.Td>
                  {slug ? (
                    <Link to="/cameras/$slug" params={{ slug }}>
                      {view.camera_name}
                    </Link>
                  ) : (
                    view.camera_name
                  )}
                  <div className="meta">{qualityWords(view)}</div>
                  <div className={`${table.narrow ?? ''} meta tabular`}>
                    {transportWords(view.transport)}, {bitrate(view.bytes_per_s * 8)}, {lasting}
                    <br />
                    {view.latency_ms !== null && numbers}
                  </div>
                </Table.Td>
                <Table.Td className={`${table.optional ?? ''} tabular`}>
                  <time dateTime={view.start}>{moment(since, zone, now)}</time>
                  <div className="meta">{lasting}</div>
                </Table.Td>
                <Table.Td className={table.optional}>{transportWords(view.transport)}</Table.Td>
                <Table.Td className={`${table.optional ?? ''} tabular`}>
                  {bitrate(view.bytes_per_s * 8)}
                  <div className="meta">{bytes(view.bytes)}</div>
                </Table.Td>
                <Table.Td className={`${table.wide ?? ''} tabular`}>{latencyWords(view.latency_ms)}</Table.Td>
                <Table.Td className={`${table.wide ?? ''} tabular`}>
                  {stallWords(view.stalls)}
                  {view.parts_dropped > 0 && (
                    <div className="meta">{count(view.parts_dropped, 'part')} left out</div>
                  )}
                </Table.Td>
                <Table.Td className={classes.end}>
                  {view.may_end && (
                    <Button
                      variant="default"
                      size="compact-sm"
                      aria-label={`End ${view.viewer.name}, ${view.camera_name}`}
                      onClick={() => {
                        setAsked(view)
                        setEnding(view)
                      }}
                    >
                      End…
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
      <Confirm
        opened={ending !== null}
        title={`End ${whose} view of ${asked?.camera_name ?? ''}?`}
        action="End view"
        act={() => endView(client, asked?.id ?? '')}
        onDone={() => notifications.show({ message: `The view of ${asked?.camera_name ?? ''} was ended.` })}
        onClose={() => setEnding(null)}
      >
        The picture stops within seconds, and this sign-in can’t open the camera again for a minute.
        {!asked?.mine && ' To keep somebody out, take the permission away or disable the account.'}
      </Confirm>
    </>
  )
}
