import type { Step } from '@/previews/find'
import { Preview } from '@/previews/Preview'
import type { PreviewStore } from '@/previews/store'
import { dayName, duration, moment, stretch } from '@/words/format'
import { shareName } from '@/words/share'
import { clockChanges, HOUR, MINUTE, offsetName, turnOf } from '@/words/zone'
import { causeLook } from './causes'
import type { Hover } from './inputs'
import type { DayCell } from './days'
import { markName, type Mark } from './marks'
import classes from './HoverCard.module.css'

const CARD_PX = 208
// So many of the marks under the pointer are named.
const MOST_NAMED = 4
// A change of the clocks is told of from so near.
const NEAR_PX = 6

interface Props {
  hover: Hover
  cameras: { id: string; name: string }[]
  previews: PreviewStore
  step: Step
  zone: string
  now: number
}

/** What is under the pointer: the instant, footage with a picture of it, or a gap with its cause. */
export function HoverCard({ hover, cameras, previews, step, zone, now }: Props) {
  const { hit, at, camera, day } = hover
  const name = cameras.find((candidate) => candidate.id === camera)?.name
  const left = Math.min(Math.max(8, hover.left - CARD_PX / 2), window.innerWidth - CARD_PX - 8)
  return (
    <div
      className={classes.card}
      style={{ left, bottom: window.innerHeight - hover.top + 8, width: CARD_PX }}
      aria-hidden
      data-part="hover-card"
    >
      {hit.kind === 'recorded' && camera && (
        <Preview store={previews} camera={camera} at={Math.floor(at)} step={step} />
      )}
      <div className={classes.text}>
        <time className={classes.time} dateTime={new Date(at).toISOString()}>
          {day ? dayName(day.start, zone, true) : moment(at, zone, now)}
        </time>
        {name && <span className="meta">{name}</span>}
        {turnOf(at, zone) && (
          <span className="meta">{offsetName(at, zone)}, in the hour that comes twice</span>
        )}
        <ClockChange at={at} slack={hover.msPerPx * NEAR_PX} zone={zone} />
        <Marks marks={hover.marks} zone={zone} now={now} />
        {hit.kind === 'gap' && (
          <>
            <span className={classes.cause}>
              <i style={{ background: `var(${causeLook(hit.gap.cause).colour})` }} />
              {causeLook(hit.gap.cause).label}, {duration(Math.min(hit.gap.end_ms, now) - hit.gap.start_ms)}
            </span>
            <span className="meta tabular">
              {stretch(hit.gap.start_ms, Math.min(hit.gap.end_ms, now), zone, now)}
            </span>
            <span className="meta">{hit.gap.detail || causeLook(hit.gap.cause).text}</span>
            {hit.more && <span className="meta">More gaps are close by: zoom in to tell them apart.</span>}
          </>
        )}
        {day && <DayTold day={day} now={now} />}
        {hit.kind === 'none' && !day && name && at < now && <span className="meta">Nothing recorded</span>}
      </div>
    </div>
  )
}

/** How much of a day was recorded, and what took the rest. */
function DayTold({ day, now }: { day: DayCell; now: number }) {
  if (day.start > now) return null
  const look = day.cause === null ? null : causeLook(day.cause)
  const hours = (day.end - day.start) / HOUR
  return (
    <>
      {day.percent === null ? (
        <span className="meta">Nothing was to be recorded</span>
      ) : (
        <span>{day.recordedMs > 0 ? `${shareName(day.percent)} recorded` : 'Nothing recorded'}</span>
      )}
      {look && day.percent !== null && day.percent < 100 && (
        <span className={classes.cause}>
          <i style={{ background: `var(${look.colour})` }} />
          {duration(day.dueMs - day.recordedMs)} missing, mostly: {look.label.toLowerCase()}
        </span>
      )}
      {hours !== 24 && <span className="meta">A day of {hours} hours: the clocks are changed</span>}
      <span className="meta">Click to open the day</span>
    </>
  )
}

function Marks({ marks, zone, now }: { marks: readonly Mark[]; zone: string; now: number }) {
  const more = marks.length - MOST_NAMED
  return (
    <>
      {marks.slice(0, MOST_NAMED).map((mark) => (
        <span key={mark.id} className={classes.mark}>
          {markName(mark)}
          <span className="meta tabular">
            {mark.endMs > mark.startMs
              ? stretch(mark.startMs, mark.endMs, zone, now)
              : moment(mark.startMs, zone, now)}
          </span>
        </span>
      ))}
      {more > 0 && <span className="meta">and {more} more close by: zoom in to tell them apart.</span>}
    </>
  )
}

/** That the clocks are changed here. */
function ClockChange({ at, slack, zone }: { at: number; slack: number; zone: string }) {
  const change = clockChanges(at - slack, at + slack, zone)[0]
  if (!change) return null
  const minutes = Math.abs(change.after - change.before) / MINUTE
  const by = minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`
  return (
    <span className="meta">
      The clocks go {change.after > change.before ? 'forward' : 'back'} by {by} here, to{' '}
      {offsetName(change.at, zone)}.
    </span>
  )
}
