/** Instants as people type them: `yesterday 14:05`, `mon 8:30:15`, `21 nov 2pm`, `2026-11-21 14:05`, `5 min ago`. Pure. */

import { MONTH_NAMES, WEEKDAY_NAMES } from '@/words/format'
import { addDays, DAY, HOUR, instant, instantsOf, MINUTE, SECOND, startOfDay, wallTime } from '@/words/zone'

export interface Parsed {
  at: number
  /** The same time an hour later, where the clocks go back and it comes twice; null for every other. */
  second: number | null
  /** The words that were not part of the instant, in order: the camera's name. */
  rest: string
}

const UNITS: Record<string, number> = {
  s: SECOND,
  sec: SECOND,
  min: MINUTE,
  m: MINUTE,
  h: HOUR,
  d: DAY,
  day: DAY,
}
const AGO = /\b(\d+)\s*(s|sec|min|m|h|d|day)s?\s+ago\b/
const CLOCK = /\b(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?\b/
const HALF_DAY = /\b(1[0-2]|[1-9])\s*(am|pm)\b/
const ISO_DAY = /\b(\d{4})-(\d{1,2})-(\d{1,2})\b/
const DOTTED_DAY = /\b(\d{1,2})\.(\d{1,2})\.(\d{4})?(?!\d)/
const NAMED_DAY = new RegExp(
  `\\b(\\d{1,2})\\s+(${MONTH_NAMES.map((name) => name.slice(0, 3).toLowerCase()).join('|')})[a-z]*\\b(?:\\s+(\\d{4})\\b)?`,
)
const WEEKDAY = new RegExp(
  `\\b(${WEEKDAY_NAMES.map((name) => name.slice(0, 3).toLowerCase()).join('|')})(?:day|sday|nesday|rsday|urday)?\\b`,
)

/** Null when the text holds no instant, or one that has not come yet. */
export function parseInstant(text: string, zone: string, now: number): Parsed | null {
  const words = new Words(text)
  const ago = words.take(AGO)
  if (ago) return { at: now - Number(ago[1]) * (UNITS[ago[2] ?? ''] ?? 0), second: null, rest: words.rest() }
  if (words.take(/\bnow\b/)) return { at: now, second: null, rest: words.rest() }
  const day = takeDay(words, zone, now)
  const time = takeTime(words)
  if (time === 'wrong' || (day === null && time === null)) return null
  const { year, month, day: date } = wallTime(day ?? now, zone)
  const wall = { year, month, day: date, ...(time ?? {}) }
  const at = instant(wall, zone)
  if (at <= now) return inTurn(at, instantsOf(wall, zone)[1] ?? null, words)
  // A time alone that is still to come today is meant of yesterday.
  return day === null ? { at: addTime(now, -1, time, zone), second: null, rest: words.rest() } : null
}

/** Both of a time that comes twice, or the one that its letter names: `02:30 b`. */
function inTurn(at: number, second: number | null, words: Words): Parsed {
  const turn = second === null ? null : words.take(/\b[ab]\b/)?.[0]
  if (turn === 'b' && second !== null) return { at: second, second: null, rest: words.rest() }
  return { at, second: turn === 'a' ? null : second, rest: words.rest() }
}

interface Time {
  hour: number
  minute: number
  second: number
  ms: number
}

function addTime(now: number, days: number, time: Time | null, zone: string): number {
  const { year, month, day } = wallTime(addDays(now, days, zone), zone)
  return instant({ year, month, day, ...(time ?? {}) }, zone)
}

function takeTime(words: Words): Time | null | 'wrong' {
  const clock = words.take(CLOCK)
  if (clock) {
    const [hour = 0, minute = 0, second = 0] = clock.slice(1, 4).map((part) => Number(part || 0))
    const ms = Number((clock[4] ?? '0').padEnd(3, '0'))
    return hour > 23 || minute > 59 || second > 59 ? 'wrong' : { hour, minute, second, ms }
  }
  const half = words.take(HALF_DAY)
  if (!half) return null
  const hour = (Number(half[1]) % 12) + (half[2] === 'pm' ? 12 : 0)
  return { hour, minute: 0, second: 0, ms: 0 }
}

/** Some instant of the day that is meant; null when none is named. */
function takeDay(words: Words, zone: string, now: number): number | null {
  const { year, weekday } = wallTime(now, zone)
  if (words.take(/\btoday\b/)) return startOfDay(now, zone)
  if (words.take(/\byest(?:erday)?\b/)) return addDays(now, -1, zone)
  const iso = words.take(ISO_DAY)
  if (iso) return instant({ year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) }, zone)
  const dotted = words.take(DOTTED_DAY)
  if (dotted)
    return lastYear(Number(dotted[3] ?? year), Number(dotted[2]), Number(dotted[1]), !dotted[3], zone, now)
  const named = words.take(NAMED_DAY)
  if (named) {
    const month = MONTH_NAMES.findIndex((name) => name.toLowerCase().startsWith(named[2] ?? '')) + 1
    return lastYear(Number(named[3] ?? year), month, Number(named[1]), !named[3], zone, now)
  }
  const week = words.take(WEEKDAY)
  if (!week) return null
  const wanted = WEEKDAY_NAMES.findIndex((name) => name.toLowerCase().startsWith(week[1] ?? ''))
  // The last such day: today's name means today.
  return addDays(now, -((weekday - wanted + 7) % 7), zone)
}

function lastYear(
  year: number,
  month: number,
  day: number,
  guessed: boolean,
  zone: string,
  now: number,
): number {
  const at = instant({ year, month, day }, zone)
  return guessed && at > now ? instant({ year: year - 1, month, day }, zone) : at
}

/** A text that patterns are taken out of. */
class Words {
  private text: string

  constructor(text: string) {
    this.text = text.toLowerCase()
  }

  take(pattern: RegExp): RegExpExecArray | null {
    const match = pattern.exec(this.text)
    if (match) this.text = this.text.replace(pattern, ' ')
    return match
  }

  rest(): string {
    return this.text
      .replace(/\b(at|on|the)\b/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
  }
}
