import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { calendarQuery, coverageQuery } from '@/api/queries'
import type { Camera, CameraCoverage } from '@/api/types'
import { CoverageStrip } from '@/parts/CoverageStrip'
import { Failure } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { causeLook } from '@/timeline/causes'
import { dayName, isoDay } from '@/words/format'
import { SHARE_MEANS, shareName } from '@/words/share'
import { addDays, MINUTE, startOfDay } from '@/words/zone'
import classes from './CameraPage.module.css'

const DAYS = 7

/** The last week, a bar per day; each leads to its first footage. */
export function DaysOfCoverage({ camera, zone, now }: { camera: Camera; zone: string; now: number }) {
  const today = startOfDay(now, zone)
  const days = Array.from({ length: DAYS }, (_, i) => addDays(today, -i, zone))
  const start = days.at(-1) ?? today
  const end = Math.ceil(now / MINUTE) * MINUTE
  const coverage = useQuery({
    ...coverageQuery({ cameras: [camera.id], start, end, resolutionMs: MINUTE }),
    placeholderData: (before) => before,
  })
  const found = coverage.data?.cameras[0]
  const months = [...new Set(days.map((day) => isoDay(day, zone).slice(0, 7)))]
  const percents = useQueries({
    queries: months.map((month) => ({ ...calendarQuery(camera.id, month, zone), refetchInterval: MINUTE })),
    combine: (calendars) =>
      new Map(
        calendars.flatMap(({ data }) => data?.days.map((day) => [day.date, day.percent] as const) ?? []),
      ),
  })
  const causes = [...new Set(found?.gaps.map((gap) => gap.cause))]
  return (
    <Section title="Last seven days" note={SHARE_MEANS}>
      {coverage.error && !found && <Failure error={coverage.error} onRetry={() => void coverage.refetch()} />}
      <div className={classes.days}>
        {days.map((day) => {
          const until = addDays(day, 1, zone)
          const share = percents.get(isoDay(day, zone))
          const part = found && { ...cut(found, day, Math.min(until, end)), percent: share ?? null }
          return (
            <Link
              key={day}
              to="/playback"
              search={{ camera: camera.slug, at: new Date(part?.spans[0]?.[0] ?? day).toISOString() }}
              className={classes.day}
            >
              <span className="tabular">{dayName(day, zone)}</span>
              <CoverageStrip coverage={part} start={day} end={until} zone={zone} />
              <span className={`${classes.right ?? ''} tabular`}>
                {share === undefined ? '' : shareName(share)}
              </span>
            </Link>
          )
        })}
        <div className={`${classes.hours ?? ''} meta tabular`} aria-hidden>
          {['00', '06', '12', '18', '24'].map((hour) => (
            <span key={hour}>{hour}</span>
          ))}
        </div>
      </div>
      {causes.length > 0 && (
        <div className={`${classes.legend ?? ''} meta`}>
          {causes.map((cause) => (
            <span key={cause}>
              <i style={{ background: `var(${causeLook(cause).colour})` }} />
              {causeLook(cause).label}
            </span>
          ))}
        </div>
      )}
    </Section>
  )
}

/** The footage and gaps of a part of what is known. */
function cut(coverage: CameraCoverage, start: number, end: number): CameraCoverage {
  const spans = coverage.spans
    .map(([from, to]): [number, number] => [Math.max(from, start), Math.min(to, end)])
    .filter(([from, to]) => to > from)
  return { ...coverage, spans, gaps: coverage.gaps.filter((gap) => gap.end_ms > start && gap.start_ms < end) }
}
