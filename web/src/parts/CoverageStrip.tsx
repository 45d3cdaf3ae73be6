import type { CameraCoverage, Gap } from '@/api/types'
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
const frame = { preserveAspectRatio: 'none', 'aria-hidden': true } as const

/**
 * A span of time as one bar: recorded, or a gap in the colour of its cause. Everything in the bar is as wide as it lasted, so
 * that its colours are in the proportion of the percentage beside it. A gap too short to be seen there is seen by its mark on
 * the line below, which has a least width and takes nothing from what was recorded.
 */
export function CoverageStrip({ coverage, start, end, zone }: Props) {
  if (!coverage) return <div className={classes.strip} />
  const x = (at: number) => (Math.min(end, Math.max(start, at)) - start) * (WIDTH / (end - start))
  const alarming = coverage.gaps.filter((gap) => causeLook(gap.cause).alarming)
  const share = coverage.percent === null ? 'nothing to record' : `${shareName(coverage.percent)} recorded`
  const summary = alarming.length ? `${share}, ${count(alarming.length, 'gap')}` : share
  return (
    <div className={classes.strip} role="img" aria-label={summary}>
      <svg {...frame} className={classes.bar} viewBox={`0 0 ${WIDTH} 8`}>
        {coverage.spans.map(([from, to]) => (
          <rect key={from} x={x(from)} width={x(to) - x(from)} height="8" className={classes.span} />
        ))}
        {coverage.gaps.map((gap) => {
          const look = causeLook(gap.cause)
          return (
            <rect
              key={`${gap.start_ms} ${gap.cause}`}
              x={x(gap.start_ms)}
              width={x(gap.end_ms) - x(gap.start_ms)}
              height="8"
              fill={`var(${look.colour})`}
              opacity={look.alarming ? 1 : 0.25}
            >
              <title>{told(gap, zone)}</title>
            </rect>
          )
        })}
      </svg>
      <svg {...frame} className={classes.marks} viewBox={`0 0 ${WIDTH} 3`}>
        {alarming.map((gap) => (
          // Its square ends are of the screen's size, whatever the width of the strip.
          <line
            key={`${gap.start_ms} ${gap.cause}`}
            x1={x(gap.start_ms)}
            x2={x(gap.end_ms)}
            y1="1.5"
            y2="1.5"
            stroke={`var(${causeLook(gap.cause).colour})`}
          >
            <title>{told(gap, zone)}</title>
          </line>
        ))}
      </svg>
    </div>
  )
}

function told(gap: Gap, zone: string): string {
  const { label } = causeLook(gap.cause)
  return `${label}, ${clockTime(gap.start_ms, zone)} for ${duration(gap.end_ms - gap.start_ms)}`
}
