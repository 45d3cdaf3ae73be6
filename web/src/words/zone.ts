/** Instants and the site's wall clock. Instants are UTC milliseconds; nothing else in the app does zone arithmetic. */

export interface WallTime {
  year: number
  /** 1 to 12 */
  month: number
  day: number
  hour: number
  minute: number
  second: number
  ms: number
  /** 0 is Monday */
  weekday: number
}

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

export const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone

const formatters = new Map<string, Intl.DateTimeFormat>()
const offsets = new Map<string, number>()
// Every zone changes its offset on a quarter of an hour (in the years that footage is from).
const QUARTER = 15 * MINUTE

function formatter(zone: string): Intl.DateTimeFormat {
  let found = formatters.get(zone)
  if (!found) {
    found = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formatters.set(zone, found)
  }
  return found
}

/** What must be added to `at` to read the zone's wall clock as if it were UTC. */
export function offsetMs(at: number, zone: string): number {
  const quarter = Math.floor(at / QUARTER)
  const key = `${zone} ${quarter}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  const field: Record<string, number> = {}
  for (const part of formatter(zone).formatToParts(quarter * QUARTER)) field[part.type] = Number(part.value)
  const wall = Date.UTC(
    field.year ?? 0,
    (field.month ?? 1) - 1,
    field.day,
    field.hour,
    field.minute,
    field.second,
  )
  const offset = wall - quarter * QUARTER
  if (offsets.size > 20_000) offsets.clear()
  offsets.set(key, offset)
  return offset
}

/** The wall clock of `zone` at an instant. */
export function wallTime(at: number, zone: string): WallTime {
  const shifted = new Date(at + offsetMs(at, zone))
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    ms: shifted.getUTCMilliseconds(),
    weekday: (shifted.getUTCDay() + 6) % 7,
  }
}

/**
 * The instant at which the zone's clock shows a wall time. In the hour that a spring change skips it is the instant
 * as far after the change as the wall time is into the hole; in the hour that autumn repeats it is the first one.
 */
export function instant(
  wall: { year: number; month: number; day: number } & Partial<Omit<WallTime, 'weekday'>>,
  zone: string,
): number {
  const asUtc = Date.UTC(
    wall.year,
    wall.month - 1,
    wall.day,
    wall.hour ?? 0,
    wall.minute ?? 0,
    wall.second ?? 0,
    wall.ms ?? 0,
  )
  const before = offsetMs(asUtc - DAY, zone)
  const after = offsetMs(asUtc + DAY, zone)
  // With an unchanged clock both are the same; around a change the earlier offset gives the earlier instant.
  const first = asUtc - before
  if (before === after || offsetMs(first, zone) === before) return first
  const second = asUtc - after
  return offsetMs(second, zone) === after ? second : first
}

/** Which of two equal wall times an instant is where the clocks went back: `A` before the change, `B` after it. */
export type Turn = 'A' | 'B'

// No zone ever changed its clocks by more (days that were left out at the date line apart, which repeat nothing).
const LARGEST_CHANGE = 3 * HOUR

/** Null for every instant whose wall time comes only once that day. */
export function turnOf(at: number, zone: string): Turn | null {
  const own = offsetMs(at, zone)
  const before = offsetMs(at - LARGEST_CHANGE, zone)
  if (before > own && offsetMs(at + own - before, zone) === before) return 'B'
  const after = offsetMs(at + LARGEST_CHANGE, zone)
  if (after < own && offsetMs(at + own - after, zone) === after) return 'A'
  return null
}

/**
 * The instants at which the zone's clock shows a wall time: one; two in order where the clocks went back; none in the hour
 * that they left out.
 */
export function instantsOf(wall: Parameters<typeof instant>[0], zone: string): number[] {
  const first = instant(wall, zone)
  const own = offsetMs(first, zone)
  const { year, month, day, hour = 0, minute = 0, second = 0, ms = 0 } = wall
  if (first + own !== Date.UTC(year, month - 1, day, hour, minute, second, ms)) return []
  if (turnOf(first, zone) !== 'A') return [first]
  return [first, first + own - offsetMs(first + LARGEST_CHANGE, zone)]
}

/** A change of the zone's clocks: the first instant with the new offset. */
export interface ClockChange {
  at: number
  /** Offsets in milliseconds, as of `offsetMs`. */
  before: number
  after: number
}

/** The changes in `(start, end]`, in order. */
export function clockChanges(start: number, end: number, zone: string): ClockChange[] {
  const found: ClockChange[] = []
  // Two changes of a zone are weeks apart.
  for (let from = start; from < end; from += 7 * DAY) {
    let low = Math.floor(from / QUARTER)
    let high = Math.floor(Math.min(end, from + 7 * DAY) / QUARTER)
    const before = offsetMs(low * QUARTER, zone)
    const after = offsetMs(high * QUARTER, zone)
    if (before === after) continue
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (offsetMs(middle * QUARTER, zone) === before) low = middle
      else high = middle
    }
    found.push({ at: high * QUARTER, before, after })
  }
  return found
}

/** Midnight at the beginning of the zone's day that holds `at`. */
export function startOfDay(at: number, zone: string): number {
  const { year, month, day } = wallTime(at, zone)
  return instant({ year, month, day }, zone)
}

/** Midnight `days` calendar days after the day that holds `at` (a day may have 23 or 25 hours). */
export function addDays(at: number, days: number, zone: string): number {
  const { year, month, day } = wallTime(at, zone)
  return instant({ year, month, day: day + days }, zone)
}

/** `UTC+1`, `UTC−3:30`. */
export function offsetName(at: number, zone: string): string {
  const minutes = Math.round(offsetMs(at, zone) / MINUTE)
  if (minutes === 0) return 'UTC'
  const size = Math.abs(minutes)
  const rest = size % 60
  const hours = Math.floor(size / 60)
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`
}

/** The zone as it stands beside times that matter: `Europe/Vienna (UTC+1)`. */
export function zoneName(at: number, zone: string): string {
  const offset = offsetName(at, zone)
  return offset === zone ? zone : `${zone} (${offset})`
}

/** Whether the browser knows the zone. */
export function knowsZone(zone: string): boolean {
  try {
    formatter(zone)
    return true
  } catch {
    return false
  }
}
