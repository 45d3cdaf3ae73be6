/** The timeline's arithmetic: instants and pixels, zoom and ticks. Pure; everything is in milliseconds and CSS pixels. */

import {
  addDays,
  clockChanges,
  DAY,
  HOUR,
  MINUTE,
  offsetMs,
  SECOND,
  startOfDay,
  wallTime,
} from '@/words/zone'

/** What is visible: the instant at the left edge, and how much time one pixel holds. */
export interface View {
  start: number
  msPerPx: number
}

export const CLOSEST_MS_PER_PX = 1
export const FARTHEST_MS_PER_PX = (92 * DAY) / 1000
const LEAST_PASSED_MS = 10 * MINUTE

export const toX = (view: View, at: number): number => (at - view.start) / view.msPerPx
export const toTime = (view: View, x: number): number => view.start + x * view.msPerPx
export const endOf = (view: View, width: number): number => view.start + width * view.msPerPx

/** The end of what has passed of a span that may not be over: the future would push its beginning out of the view. */
export function passed(start: number, end: number, now: number): number {
  return Math.max(Math.min(start + LEAST_PASSED_MS, end), Math.min(end, now))
}

/** A view that shows `[start, end]` in `width` pixels. */
export function fit(start: number, end: number, width: number): View {
  return { start, msPerPx: clampScale((end - start) / Math.max(1, width)) }
}

export function clampScale(msPerPx: number): number {
  return Math.min(FARTHEST_MS_PER_PX, Math.max(CLOSEST_MS_PER_PX, msPerPx))
}

const LEAST_INITIAL_MS = 15 * MINUTE
const USUAL_INITIAL_MS = 2 * HOUR

/** What the timeline shows at first: what it showed last, else two hours, or all there is of a new installation. */
export function initialSpan(remembered: number | null, earliest: number, now: number): number {
  const sane = remembered !== null && Number.isFinite(remembered) && remembered > 0
  if (sane) return Math.min(92 * DAY, Math.max(SECOND, remembered))
  return Math.min(USUAL_INITIAL_MS, Math.max(LEAST_INITIAL_MS, (now - earliest) * 1.2))
}

/** Zooms by `factor` (above 1 shows more time) and keeps the instant under `x` where it is. */
export function zoomAt(view: View, x: number, factor: number): View {
  const msPerPx = clampScale(view.msPerPx * factor)
  return { start: toTime(view, x) - x * msPerPx, msPerPx }
}

/** Moves the content by `dx` pixels to the right. */
export function pan(view: View, dx: number): View {
  return { start: view.start - dx * view.msPerPx, msPerPx: view.msPerPx }
}

/** The view moved so that `at` stands at `x`. */
export function centreOn(view: View, at: number, x: number): View {
  return { start: at - x * view.msPerPx, msPerPx: view.msPerPx }
}

/**
 * Keeps the view where there can be something: its right edge at most `ahead` pixels past now, its left edge not before
 * `earliest`. A view that is wider than all there is stands with now at the right.
 */
export function clampView(view: View, width: number, earliest: number, now: number, aheadPx: number): View {
  const latestStart = now + aheadPx * view.msPerPx - width * view.msPerPx
  const start = Math.min(
    Math.max(view.start, earliest),
    Math.max(latestStart, Math.min(earliest, latestStart)),
  )
  return start === view.start ? view : { ...view, start }
}

// Of the view's width: a playhead that runs on is caught before it reaches the edge.
const NEAR_END = 0.94
// One that was put somewhere may land this far beside it: on the frame that was shown there, over a rounding.
const LANDING_MS = 500

/**
 * The view that a playhead at `at` calls for while it is followed; the same one when there is no need to move. `placed`:
 * a hand has just put it into this view, so that the view stays until the playhead has left it.
 */
export function follow(view: View, width: number, at: number, placed: boolean): View {
  const beyond = at - endOf(view, width)
  const left = at < view.start - (placed ? LANDING_MS : 0)
  const right = placed ? beyond > LANDING_MS : toX(view, at) > width * NEAR_END
  if (left) return centreOn(view, at, width / 2)
  return right ? centreOn(view, at, width / 4) : view
}

export type TickLabel = 'ms' | 'second' | 'minute' | 'day' | 'month'

export interface Tick {
  at: number
  /** A longer line with a label. */
  major: boolean
  /** Midnight, or where the month begins: marked stronger, labelled with its day. */
  dayStart: boolean
}

export interface Ruler {
  label: TickLabel
  ticks: Tick[]
}

interface Step {
  major: number
  minor: number
  label: TickLabel
}

const STEPS: readonly Step[] = [
  { major: 100, minor: 20, label: 'ms' },
  { major: 200, minor: 40, label: 'ms' },
  { major: 500, minor: 100, label: 'ms' },
  { major: SECOND, minor: 200, label: 'second' },
  { major: 2 * SECOND, minor: 500, label: 'second' },
  { major: 5 * SECOND, minor: SECOND, label: 'second' },
  { major: 10 * SECOND, minor: 2 * SECOND, label: 'second' },
  { major: 15 * SECOND, minor: 5 * SECOND, label: 'second' },
  { major: 30 * SECOND, minor: 5 * SECOND, label: 'second' },
  { major: MINUTE, minor: 10 * SECOND, label: 'minute' },
  { major: 2 * MINUTE, minor: 30 * SECOND, label: 'minute' },
  { major: 5 * MINUTE, minor: MINUTE, label: 'minute' },
  { major: 10 * MINUTE, minor: 2 * MINUTE, label: 'minute' },
  { major: 15 * MINUTE, minor: 5 * MINUTE, label: 'minute' },
  { major: 30 * MINUTE, minor: 5 * MINUTE, label: 'minute' },
  { major: HOUR, minor: 10 * MINUTE, label: 'minute' },
  { major: 2 * HOUR, minor: 30 * MINUTE, label: 'minute' },
  { major: 3 * HOUR, minor: HOUR, label: 'minute' },
  { major: 6 * HOUR, minor: HOUR, label: 'minute' },
  { major: 12 * HOUR, minor: 3 * HOUR, label: 'minute' },
  { major: DAY, minor: 6 * HOUR, label: 'day' },
  { major: 2 * DAY, minor: DAY, label: 'day' },
  { major: 7 * DAY, minor: DAY, label: 'day' },
  { major: 14 * DAY, minor: DAY, label: 'day' },
]

const LABEL_PX: Record<TickLabel, number> = { ms: 96, second: 76, minute: 60, day: 84, month: 84 }
const MOST_TICKS = 2000

/** The finest step whose labels do not touch. */
export function chooseStep(msPerPx: number): Step {
  return (
    STEPS.find((step) => step.major / msPerPx >= LABEL_PX[step.label]) ??
    ({ major: 28 * DAY, minor: 7 * DAY, label: 'day' } as const)
  )
}

/**
 * The ticks that fall into the view. Steps of up to half a day are at multiples of the wall clock, so that a label reads
 * 06:00 on the day of a clock change too, and the hour that comes twice has its ticks twice; longer ones count calendar
 * days from a fixed Monday.
 */
export function ruler(view: View, width: number, zone: string): Ruler {
  const step = chooseStep(view.msPerPx)
  const from = toTime(view, -LABEL_PX[step.label])
  const to = toTime(view, width + 1)
  const ticks = step.minor < DAY ? withinDays(step, from, to, zone) : wholeDays(step, from, to, zone)
  return { label: step.label, ticks }
}

function withinDays(step: Step, from: number, to: number, zone: string): Tick[] {
  const ticks: Tick[] = []
  const changes = clockChanges(from, to, zone).map(({ at }) => at)
  const stretches = [Math.floor(from), ...changes, to + 1]
  for (const [index, start] of stretches.slice(0, -1).entries()) {
    const end = stretches[index + 1] ?? start
    const offset = offsetMs(start, zone)
    const first = Math.ceil((start + offset) / step.minor) * step.minor
    // Where clocks skip midnight the day begins with the change.
    const skipped = index > 0 && (start + offset) % DAY !== 0 && startOfDay(start, zone) === start
    if (skipped && start >= from) ticks.push({ at: start, major: true, dayStart: true })
    for (let wall = first; wall - offset < end && ticks.length < MOST_TICKS; wall += step.minor) {
      const at = wall - offset
      if (skipped && at === start) continue
      // Where they go back over midnight it comes twice: the day begins with the first.
      const dayStart = wall % DAY === 0 && startOfDay(at, zone) === at
      ticks.push({ at, major: dayStart || (step.major < DAY && wall % step.major === 0), dayStart })
    }
  }
  return ticks
}

function wholeDays(step: Step, from: number, to: number, zone: string): Tick[] {
  const ticks: Tick[] = []
  const every = Math.round(step.major / DAY)
  const minorEvery = Math.max(1, Math.round(step.minor / DAY))
  for (
    let day = startOfDay(from, zone);
    day <= to && ticks.length < MOST_TICKS;
    day = addDays(day, 1, zone)
  ) {
    const { year, month, day: date } = wallTime(day, zone)
    // Days since Monday, 5 January 1970.
    const number = Math.round(Date.UTC(year, month - 1, date) / DAY) - 4
    const major = number % every === 0
    if (!major && number % minorEvery !== 0) continue
    if (day >= from) ticks.push({ at: day, major, dayStart: major })
  }
  return ticks
}
