/** Numbers and times as a person reads them. */

import { DAY, HOUR, MINUTE, SECOND, startOfDay, turnOf, wallTime } from './zone'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
export const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const
export const WEEKDAY_NAMES = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const

const two = (value: number) => String(value).padStart(2, '0')

export type Precision = 'minute' | 'second' | 'ms'

/** `14:05`, `14:05:12` or `14:05:12.345`; `02:05 A` and `02:05 B` in the hour that comes twice when clocks go back. */
export function clockTime(at: number, zone: string, precision: Precision = 'second'): string {
  const t = wallTime(at, zone)
  const turn = turnOf(at, zone)
  const minutes = `${two(t.hour)}:${two(t.minute)}`
  const seconds = precision === 'minute' ? '' : `:${two(t.second)}`
  const rest = precision === 'ms' ? `.${String(t.ms).padStart(3, '0')}` : ''
  return `${minutes}${seconds}${rest}${turn ? ` ${turn}` : ''}`
}

/** `Sat 21 Nov`, with the year when asked for. */
export function dayName(at: number, zone: string, withYear = false): string {
  const t = wallTime(at, zone)
  return `${WEEKDAYS[t.weekday] ?? ''} ${t.day} ${MONTHS[t.month - 1] ?? ''}${withYear ? ` ${t.year}` : ''}`
}

/**
 * An instant, in every place of the app: the time alone when it is today, else with its day: `14:05:12`,
 * `Fri 20 Nov 14:05:12`. Without a `now` (what is passed on, and read on another day) the day and the year are always there.
 */
export function moment(
  at: number,
  zone: string,
  now: number | null,
  precision: Precision = 'second',
): string {
  if (now !== null && startOfDay(at, zone) === startOfDay(now, zone)) return clockTime(at, zone, precision)
  return dated(at, zone, now, precision)
}

/** With its day always, and with its year when that is not the present one. */
function dated(at: number, zone: string, now: number | null, precision: Precision): string {
  const sameYear = now !== null && wallTime(at, zone).year === wallTime(now, zone).year
  return `${dayName(at, zone, !sameYear)} ${clockTime(at, zone, precision)}`
}

/** A span of time; a day that both ends share is named once: `Fri 20 Nov 14:05:12 to 14:06:00`. `now` as in `moment`. */
export function stretch(
  start: number,
  end: number,
  zone: string,
  now: number | null,
  precision: Precision = 'second',
): string {
  if (startOfDay(start, zone) === startOfDay(end, zone))
    return `${moment(start, zone, now, precision)} to ${clockTime(end, zone, precision)}`
  return `${dated(start, zone, now, precision)} to ${dated(end, zone, now, precision)}`
}

/** `2026-11-21` in the zone, as the API's calendar names its days. */
export function isoDay(at: number, zone: string): string {
  const t = wallTime(at, zone)
  return `${t.year}-${two(t.month)}-${two(t.day)}`
}

/** `450 ms`, `12 s`, `4 min 10 s`, `2 h 5 min`, `3 d 4 h`: two units at most. */
export function duration(ms: number): string {
  const value = Math.max(0, ms)
  if (value < SECOND) return `${Math.round(value)} ms`
  const seconds = Math.floor(value / SECOND)
  if (seconds < 60) return `${seconds} s`
  if (value < HOUR) return pair(Math.floor(value / MINUTE), 'min', seconds % 60, 's')
  if (value < DAY) return pair(Math.floor(value / HOUR), 'h', Math.floor(value / MINUTE) % 60, 'min')
  return pair(Math.floor(value / DAY), 'd', Math.floor(value / HOUR) % 24, 'h')
}

function pair(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small ? `${big} ${bigUnit} ${small} ${smallUnit}` : `${big} ${bigUnit}`
}

/** `5 s ago`, `3 h ago`: one unit, since it stands beside the exact time. */
export function ago(ms: number): string {
  if (ms < 2 * SECOND) return 'now'
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s ago`
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ago`
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)} h ago`
  return `${Math.floor(ms / DAY)} d ago`
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const

/** Decimal units, as disks are sold: `812 MB`, `4.1 TB`. */
export function bytes(value: number): string {
  let unit = 0
  let size = Math.max(0, value)
  while (size >= 999.5 && unit < BYTE_UNITS.length - 1) {
    size /= 1000
    unit += 1
  }
  return `${significant(size, unit === 0)} ${BYTE_UNITS[unit] ?? ''}`
}

/** `4.1 Mb/s`, `640 kb/s`. */
export function bitrate(bitsPerSecond: number): string {
  if (bitsPerSecond >= 999_500) return `${significant(bitsPerSecond / 1_000_000, false)} Mb/s`
  return `${Math.round(bitsPerSecond / 1000)} kb/s`
}

/** `25 fps`, `12.5 fps`. */
export function frameRate(fps: number): string {
  const rounded = Math.abs(fps - Math.round(fps)) < 0.25 ? Math.round(fps) : Math.round(fps * 10) / 10
  return `${rounded} fps`
}

function significant(value: number, whole: boolean): string {
  if (whole || value >= 99.95) return String(Math.round(value))
  const text = value.toFixed(1)
  return value >= 10 && text.endsWith('.0') ? text.slice(0, -2) : text
}

/** `98 %`, `99.7 %`, and `100 %` only for all of it. */
export function percent(value: number): string {
  if (value >= 100) return '100 %'
  if (value > 99) return `${Math.floor(value * 10) / 10} %`
  if (value > 0 && value < 1) return '< 1 %'
  return `${Math.floor(value)} %`
}

/** `1 camera`, `3 cameras`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`
}

const ENDED = /[.!?…]$/

/** Fragments as sentences: each with a capital and a full stop, empty ones left out. */
export function sentences(...texts: string[]): string {
  return texts
    .map((text) => text.trim())
    .filter(Boolean)
    .map((text) => text.charAt(0).toUpperCase() + text.slice(1))
    .map((text) => (ENDED.test(text) ? text : `${text}.`))
    .join(' ')
}

/**
 * A label and what belongs to it. Fragments follow after commas (`Recording, 25 fps`); where one of them is a sentence of
 * its own, all are sentences after a colon (`No connection: The camera refused it. Next try in 4 s.`).
 */
export function labelled(label: string, ...texts: string[]): string {
  const said = texts.map((text) => text.trim()).filter(Boolean)
  if (said.some((text) => ENDED.test(text))) return `${label}: ${sentences(...said)}`
  return [label, ...said].join(', ')
}
