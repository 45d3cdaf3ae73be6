import { Link } from '@tanstack/react-router'
import { IconCheck } from '@tabler/icons-react'
import type { Camera, Coverage } from '@/api/types'
import { causeLook } from '@/timeline/causes'
import { duration, moment } from '@/words/format'
import { lasts } from '@/words/lasting'
import { SECOND } from '@/words/zone'
import classes from './OverviewPage.module.css'
import own from './RecentGaps.module.css'

const MOST = 8

interface Props {
  cameras: Camera[]
  coverage: Coverage
  zone: string
  now: number
}

/** What was missed lately, newest first; each leads to the moment before it. */
export function RecentGaps({ cameras, coverage, zone, now }: Props) {
  const gaps = coverage.cameras
    .flatMap((known) =>
      known.gaps
        .filter((gap) => causeLook(gap.cause).alarming)
        .map((gap) => {
          const camera = cameras.find((each) => each.id === known.camera_id)
          return { ...gap, camera_id: known.camera_id, camera, goesOn: lasts(gap, known, camera) }
        }),
    )
    .sort((a, b) => b.start_ms - a.start_ms)
  if (gaps.length === 0)
    return (
      <p className={classes.well}>
        <IconCheck size={16} aria-hidden /> No gap that was not planned.
      </p>
    )
  return (
    <>
      <ul className={classes.list}>
        {gaps.slice(0, MOST).map((gap) => {
          const { camera, goesOn } = gap
          const look = causeLook(gap.cause)
          return (
            <li key={`${gap.camera_id} ${gap.start_ms}`} className={own.gap}>
              <Link
                to="/playback"
                search={{
                  camera: camera?.slug,
                  at: new Date(Math.max(gap.start_ms, Date.parse(coverage.start)) - 5 * SECOND).toISOString(),
                }}
              >
                <span className={own.name}>{camera?.name ?? 'Deleted camera'}</span>
                <time>{moment(gap.start_ms, zone, now)}</time>
                <span className={own.cause}>
                  <i style={{ background: `var(${look.colour})` }} />
                  {look.label}
                </span>
                <span className="tabular">
                  {goesOn ? 'still, ' : ''}
                  {duration((goesOn ? now : gap.end_ms) - gap.start_ms)}
                </span>
              </Link>
            </li>
          )
        })}
      </ul>
      {gaps.length > MOST && <p className="meta">and {gaps.length - MOST} more, on the timeline.</p>}
    </>
  )
}
