import { Link } from '@tanstack/react-router'
import { IconAlertTriangleFilled } from '@tabler/icons-react'
import { useState } from 'react'
import type { CoverageDay, CoverageOfCamera, CoverageReport } from '@/api/recordings'
import { useZone } from '@/state/hooks'
import { causeLook } from '@/timeline/causes'
import { dayName, duration, stretch } from '@/words/format'
import classes from './Coverage.module.css'
import { cellText, keptOf, reasons } from './month'

/** Cameras by days. A cell leads to its day in the player; a camera shows its gaps. */
export function Matrix({ report }: { report: CoverageReport }) {
  const zone = useZone()
  const [shown, setShown] = useState<string | null>(null)
  const camera = report.cameras.find(({ camera_id }) => camera_id === shown)
  const dates = report.cameras[0]?.days ?? []
  return (
    <>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label="Coverage by camera and day">
        <table className={classes.matrix}>
          <thead>
            <tr>
              <th scope="col" className={classes.name}>
                Camera
              </th>
              <th scope="col" className={classes.total}>
                Month
              </th>
              {dates.map(({ date }) => (
                <th key={date} scope="col">
                  <span className="visually-hidden">Day </span>
                  {Number(date.slice(8))}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.cameras.map((one) => (
              <tr key={one.camera_id}>
                <th scope="row" className={classes.name}>
                  <button
                    type="button"
                    aria-expanded={shown === one.camera_id}
                    onClick={() => setShown(shown === one.camera_id ? null : one.camera_id)}
                  >
                    {one.name}
                  </button>
                </th>
                <td className={classes.total} data-kept={keptOf(one)}>
                  <span className={classes.value}>{cellText(one.percent)}</span>
                </td>
                {one.days.map((day) => (
                  <Cell key={day.date} camera={one} day={day} zone={zone} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={classes.legend}>
        <span data-kept="kept">99.9</span> at least {report.promised_percent} % of what was due
        <span data-kept="missed">98.2</span> less
        <span data-kept="nothing">–</span> nothing was due: before the camera was added, in the future, or off
        by its plan
      </p>
      {camera && <Gaps camera={camera} zone={zone} />}
    </>
  )
}

function Cell({ camera, day, zone }: { camera: CoverageOfCamera; day: CoverageDay; zone: string }) {
  const kept = keptOf(day)
  const start = Date.parse(day.start)
  if (kept === 'nothing')
    return (
      <td data-kept={kept}>
        <span className={classes.value}>
          –<span className="visually-hidden"> nothing due</span>
        </span>
      </td>
    )
  const missing = reasons(day)
  const words = `${dayName(start, zone)}: ${cellText(day.percent)} %${missing && `, missing ${missing}`}`
  return (
    <td data-kept={kept}>
      <Link
        to="/playback"
        search={{ camera: camera.slug, at: day.start }}
        className={classes.value}
        title={words}
        aria-label={`${camera.name}, ${words}`}
      >
        {cellText(day.percent)}
      </Link>
    </td>
  )
}

function Gaps({ camera, zone }: { camera: CoverageOfCamera; zone: string }) {
  const missed = camera.days.filter((day) => keptOf(day) === 'missed')
  return (
    <section className={classes.gaps} aria-label={`${camera.name}: what is missing`}>
      <h3>{camera.name}</h3>
      {missed.length > 0 && (
        <ul>
          {missed.map((day) => (
            <li key={day.date}>
              <IconAlertTriangleFilled size={14} aria-hidden className={classes.sign} />{' '}
              {dayName(Date.parse(day.start), zone)}: {cellText(day.percent)} %, missing {reasons(day)}
            </li>
          ))}
        </ul>
      )}
      {camera.gaps.length === 0 && <p>No gaps.</p>}
      {camera.gaps.length > 0 && (
        <ul className="tabular">
          {camera.gaps.map((gap) => (
            <li key={gap.start}>
              <Link to="/playback" search={{ camera: camera.slug, at: gap.start }}>
                {stretch(Date.parse(gap.start), Date.parse(gap.end), zone, null)}
              </Link>
              , {duration(gap.duration_ms)}: {causeLook(gap.cause).label.toLowerCase()}
              {gap.detail && <span className="meta"> {gap.detail}</span>}
            </li>
          ))}
        </ul>
      )}
      {camera.gaps_left_out > 0 && (
        <p className="meta">
          {camera.gaps_left_out.toLocaleString('en-GB')} shorter ones are counted, not listed.
        </p>
      )}
    </section>
  )
}
