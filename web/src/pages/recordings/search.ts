/** What is searched for, in the address of the page, and as the API takes it. Pure. */

import type { Query } from '@/api/client'
import { causeLook } from '@/timeline/causes'
import { bytes, duration, stretch } from '@/words/format'
import { DAY } from '@/words/zone'

export interface FindSearch {
  /** Slugs, separated by commas. */
  camera?: string
  /** Id of a zone. */
  zone?: string
  stream?: 'main' | 'sub'
  /** The last so many days; a week where nothing is said. */
  days?: number
  /** RFC 3339, both or none. */
  from?: string
  to?: string
  /** `22:00-06:00` */
  hours?: string
  /** `sat,sun` */
  week?: string
  /** Seconds. */
  min?: number
  max?: number
  /** Megabytes. */
  least?: number
  most?: number
  held?: 'yes' | 'no'
  /** Causes of gaps, separated by commas. */
  cause?: string
}

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export const CAUSES = [
  'camera_offline',
  'network',
  'no_disk',
  'write_failure',
  'lost',
  'stopped',
  'not_scheduled',
  'deleted_by_person',
  'deleted_by_retention',
] as const
export const PERIODS: readonly { days: number; label: string }[] = [
  { days: 1, label: 'Last 24 hours' },
  { days: 7, label: 'Last 7 days' },
  { days: 30, label: 'Last 30 days' },
  { days: 90, label: 'Last 90 days' },
  { days: 365, label: 'Last 365 days' },
]
export const USUAL_DAYS = 7
const HOURS = /^([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)$/
const SLUGS = /^[a-z0-9-]{1,100}(,[a-z0-9-]{1,100})*$/
const MB = 1_000_000

/** Only what is a filter; anything else in the address is left out. */
export function findSearch(search: Record<string, unknown>): FindSearch {
  const found: FindSearch = {}
  const { camera, zone, stream, days, from, to, hours, week, held, cause } = search
  // The router reads `?camera=12` as a number.
  const slugs = typeof camera === 'number' ? String(camera) : camera
  if (typeof slugs === 'string' && SLUGS.test(slugs)) found.camera = slugs
  if (typeof zone === 'string' && /^[0-9a-f-]{36}$/i.test(zone)) found.zone = zone
  if (stream === 'main' || stream === 'sub') found.stream = stream
  if (typeof from === 'string' && typeof to === 'string' && Date.parse(from) < Date.parse(to)) {
    found.from = from
    found.to = to
  } else if (PERIODS.some((one) => one.days === days && one.days !== USUAL_DAYS)) found.days = days as number
  if (typeof hours === 'string' && HOURS.test(hours)) found.hours = hours
  const chosen = listed(week, WEEKDAYS)
  if (chosen.length > 0 && chosen.length < 7) found.week = chosen.join(',')
  const causes = listed(cause, CAUSES)
  if (causes.length > 0) found.cause = causes.join(',')
  for (const name of ['min', 'max', 'least', 'most'] as const) {
    const value = search[name]
    if (typeof value === 'number' && Number.isFinite(value) && value >= 0 && value < 1e9) found[name] = value
  }
  if (held === 'yes' || held === 'no') found.held = held
  return found
}

/** Those of the known words that a text has, in their order. */
export function listed<T extends string>(text: unknown, known: readonly T[]): T[] {
  if (typeof text !== 'string') return []
  const words = new Set(text.split(','))
  return known.filter((one) => words.has(one))
}

/** The span that is meant, by an instant that stands for now. */
export function spanOf(
  { days = USUAL_DAYS, from, to }: FindSearch,
  now: number,
): { from: string; to?: string } {
  if (from !== undefined && to !== undefined) return { from, to }
  return { from: new Date(now - days * DAY).toISOString() }
}

/** The parameters that both lists have. */
function shared(search: FindSearch, now: number): Query {
  const { from, to } = spanOf(search, now)
  const [begin, end] = search.hours?.split('-') ?? []
  return {
    camera_id: search.camera?.split(','),
    zone_id: search.zone,
    stream: search.stream,
    start: from,
    end: to,
    time_from: begin,
    time_to: end,
    day: search.week?.split(','),
    min_duration_s: search.min,
    max_duration_s: search.max,
  }
}

export function recordingsAsked(search: FindSearch, now: number): Query {
  return {
    ...shared(search, now),
    min_bytes: search.least === undefined ? undefined : Math.round(search.least * MB),
    max_bytes: search.most === undefined ? undefined : Math.round(search.most * MB),
    held: search.held === undefined ? undefined : search.held === 'yes',
    gap_cause: search.cause?.split(','),
  }
}

export function gapsAsked(search: FindSearch, now: number): Query {
  return { ...shared(search, now), cause: search.cause?.split(',') }
}

/** Without some of the filters. */
export function without(search: FindSearch, ...names: readonly (keyof FindSearch)[]): FindSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([name]) => !names.includes(name as keyof FindSearch)),
  )
}

export interface ActiveFilter {
  /** What it takes away. */
  names: (keyof FindSearch)[]
  label: string
}

const DAY_WORDS = { mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' }

export function dayWord(day: (typeof WEEKDAYS)[number]): string {
  return DAY_WORDS[day]
}

/** What is filtered for, each in words. `named` says how cameras and zones are called. */
export function activeFilters(
  search: FindSearch,
  kind: 'recordings' | 'gaps',
  zone: string,
  named: (what: 'camera' | 'zone', key: string) => string,
): ActiveFilter[] {
  const found: ActiveFilter[] = []
  const add = (label: string, ...names: (keyof FindSearch)[]) => found.push({ names, label })
  if (search.from !== undefined && search.to !== undefined)
    add(stretch(Date.parse(search.from), Date.parse(search.to), zone, null, 'minute'), 'from', 'to')
  if (search.camera)
    add(
      search.camera
        .split(',')
        .map((slug) => named('camera', slug))
        .join(', '),
      'camera',
    )
  if (search.zone) add(`Zone ${named('zone', search.zone)}`, 'zone')
  if (search.stream) add(search.stream === 'main' ? 'Main stream' : 'Sub-stream', 'stream')
  if (search.hours) add(search.hours.replace('-', ' to '), 'hours')
  if (search.week) add(listed(search.week, WEEKDAYS).map(dayWord).join(', '), 'week')
  const length = limits(search.min, search.max, (seconds) => duration(seconds * 1000))
  if (length) add(length, 'min', 'max')
  if (kind === 'recordings') {
    const size = limits(search.least, search.most, (megabytes) => bytes(megabytes * MB))
    if (size) add(size, 'least', 'most')
    if (search.held) add(search.held === 'yes' ? 'On hold' : 'Not on hold', 'held')
  }
  if (search.cause) {
    const causes = listed(search.cause, CAUSES).map((cause) => causeLook(cause).label)
    add(`${kind === 'gaps' ? '' : 'Next to a gap: '}${causes.join(', ')}`, 'cause')
  }
  return found
}

function limits(least: number | undefined, most: number | undefined, words: (value: number) => string) {
  if (least !== undefined && most !== undefined) return `${words(least)} to ${words(most)}`
  if (least !== undefined) return `at least ${words(least)}`
  return most === undefined ? null : `at most ${words(most)}`
}
