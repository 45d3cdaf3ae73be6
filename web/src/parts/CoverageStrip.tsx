import type { CameraCoverage } from '@/api/types'
import { causeLook } from '@/timeline/causes'
import { clockTime, count, duration } from '@/words/format'
import { shareName } from '@/words/share'
import classes from './CoverageStrip.module.css'

interface Props {
  /** Undefined while it is being fetched. */
  coverage: CameraCoverage | undefined
  start: number
  end: number
  zone: string
}

const WIDTH = 1000
// Narrower than this a gap would not be seen.
const LEAST = 4

/** A span of time as one bar: recorded, or a gap in the colour of its cause. */
export function CoverageStrip({ coverage, start, end, zone }: Props) {
  if (!coverage) return <div className={classes.strip} />
  const x = (at: number) => (Math.min(end, Math.max(start, at)) - start) * (WIDTH / (end - start))
  const alarming = coverage.gaps.filter((gap) => causeLook(gap.cause).alarming)
  const summary = `${coverage.percent === null ? 'nothing to record' : `${shareName(coverage.percent)} recorded`}${alarming.length ? `, ${count(alarming.length, 'gap')}` : ''}`
  return (
    <svg
      className={classes.strip}
      viewBox={`0 0 ${WIDTH} 10`}
      preserveAspectRatio="none"
      role="img"
      aria-label={summary}
    >
      {coverage.spans.map(([from, to]) => (
        <rect
          key={from}
          x={x(from)}
          width={Math.max(1, x(to) - x(from))}
          height="10"
          className={classes.span}
        />
      ))}
      {coverage.gaps.map((gap) => {
        const look = causeLook(gap.cause)
        return (
          <rect
            key={`${gap.start_ms} ${gap.cause}`}
            x={x(gap.start_ms)}
            width={Math.max(look.alarming ? LEAST : 0, x(gap.end_ms) - x(gap.start_ms))}
            height="10"
            fill={`var(${look.colour})`}
            opacity={look.alarming ? 1 : 0.25}
          >
            <title>
              {`${look.label}, ${clockTime(gap.start_ms, zone)} for ${duration(gap.end_ms - gap.start_ms)}`}
            </title>
          </rect>
        )
      })}
    </svg>
  )
}
