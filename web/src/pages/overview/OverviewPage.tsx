import { Skeleton } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconCheck } from '@tabler/icons-react'
import { useStorage } from '@/access/useStorage'
import { camerasQuery, coverageQuery, systemQuery } from '@/api/queries'
import type { Camera, CameraCoverage } from '@/api/types'
import { CoverageStrip } from '@/parts/CoverageStrip'
import { NoCamera } from '@/parts/NoCamera'
import { Failure, Notice } from '@/parts/Notice'
import { Page } from '@/parts/Page'
import { Section } from '@/parts/Section'
import { StateMark, StateWords } from '@/parts/StateMark'
import { Still } from '@/parts/Still'
import { useNow, useZone } from '@/state/hooks'
import { troubles, type Trouble } from '@/words/attention'
import { cameraState } from '@/words/camera-state'
import { moment } from '@/words/format'
import { SHARE_MEANS, shareName } from '@/words/share'
import { DAY, MINUTE } from '@/words/zone'
import { columns } from './columns'
import classes from './OverviewPage.module.css'
import { RecentGaps } from './RecentGaps'
import { Tiles } from './Tiles'

/** Is everything well? What has happened? The page for who looks in once a day. */
export function OverviewPage() {
  const cameras = useQuery(camerasQuery)
  const storage = useStorage()
  const system = useQuery(systemQuery)
  const now = useNow(1000)
  const zone = useZone()
  const { ref: list, width } = useElementSize()
  const end = Math.ceil(now / MINUTE) * MINUTE
  const ids = watched(cameras.data ?? []).map((camera) => camera.id)
  const coverage = useQuery({
    ...coverageQuery({ cameras: ids, start: end - DAY, end, resolutionMs: MINUTE }),
    placeholderData: (before) => before,
    enabled: ids.length > 0,
  })
  if (cameras.data?.length === 0)
    return (
      <Page title="Overview">
        <NoCamera>Add one, and this page tells whether it is recorded and what was missed.</NoCamera>
      </Page>
    )
  const found = troubles(cameras.data ?? [], storage.data?.volumes ?? [], system.data, now)
  return (
    <Page title="Overview">
      {cameras.error && !cameras.data && (
        <Failure error={cameras.error} onRetry={() => void cameras.refetch()} />
      )}
      <Tiles
        cameras={cameras.data}
        storage={storage.allowed ? storage.data : null}
        coverage={coverage.data}
      />
      {system.data?.warnings.map((warning) => (
        <Notice key={warning.code}>{warning.message}</Notice>
      ))}
      <div className={classes.columns}>
        <Section title="Cameras">
          <div ref={list}>
            {!cameras.data && <Skeleton height={240} />}
            {cameras.data && (
              <CameraCards
                columns={columns(cameras.data.length, width)}
                cameras={cameras.data}
                covered={coverage.data?.cameras ?? []}
                now={now}
                end={end}
                zone={zone}
              />
            )}
          </div>
        </Section>
        <div className={classes.side}>
          <Section title="Needs attention">
            {cameras.data ? (
              <Attention found={found.filter((item) => item.tone !== 'live')} zone={zone} now={now} />
            ) : (
              <Skeleton height={48} />
            )}
          </Section>
          <Section title="Gaps of the last 24 h">
            {ids.length === 0 ? (
              <p className="meta">You may not watch recordings of these cameras.</p>
            ) : coverage.data && cameras.data ? (
              <RecentGaps cameras={cameras.data} coverage={coverage.data} zone={zone} now={now} />
            ) : (
              <Skeleton height={120} />
            )}
          </Section>
        </div>
      </div>
    </Page>
  )
}

/** The cameras whose recordings one may watch: of the others nothing is told of what was recorded. */
function watched(cameras: readonly Camera[]): Camera[] {
  return cameras.filter(({ allowed }) => allowed.includes('playback.view'))
}

function Attention({ found, zone, now }: { found: Trouble[]; zone: string; now: number }) {
  if (found.length === 0)
    return (
      <p className={classes.well}>
        <IconCheck size={16} aria-hidden /> Everything is as it should be.
      </p>
    )
  return (
    <ul className={classes.list}>
      {found.map((item) => (
        <li key={item.key} className={classes.trouble}>
          <StateMark tone={item.tone} />
          <div>
            {item.to ? (
              <Link to={item.to} className={classes.link}>
                {item.title}
              </Link>
            ) : (
              <strong>{item.title}</strong>
            )}
            <div>
              {item.text}
              {item.since !== null && (
                <span className={classes.since}>
                  {' '}
                  Since <time>{moment(item.since, zone, now)}</time>.
                </span>
              )}
            </div>
          </div>
        </li>
      ))}
    </ul>
  )
}

interface CardsProps {
  /** Null while the room for them is not known. */
  columns: number | null
  cameras: Camera[]
  covered: CameraCoverage[]
  now: number
  end: number
  zone: string
}

function CameraCards({ columns: side, cameras, covered, now, end, zone }: CardsProps) {
  const style = side === null ? undefined : { gridTemplateColumns: `repeat(${side}, minmax(0, 1fr))` }
  return (
    <ul className={classes.cards} style={style}>
      {cameras.map((camera) => {
        const coverage = covered.find((each) => each.camera_id === camera.id)
        return (
          <li key={camera.id} className={classes.card}>
            <Link to="/live" search={{ focus: camera.slug }} tabIndex={-1} aria-hidden>
              <Still camera={camera} width={480} />
            </Link>
            <div className={classes.about}>
              <Link to="/cameras/$slug" params={{ slug: camera.slug }} className={classes.link}>
                {camera.name}
              </Link>
              <span className="meta tabular" title={SHARE_MEANS}>
                {coverage ? shareName(coverage.percent) : ''}
              </span>
            </div>
            <StateWords state={cameraState(camera, now)} />
            <CoverageStrip coverage={coverage} start={end - DAY} end={end} zone={zone} />
          </li>
        )
      })}
    </ul>
  )
}
