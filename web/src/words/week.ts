/** A week of hours as text and back: `08:00–18:00, 22:00–06:00` for each day. Pure. */

import type { Week } from '@/api/types'
import { WEEKDAY_NAMES } from '@/words/format'

export const ALL_DAY: [string, string] = ['00:00', '24:00']
export const WORKING_HOURS: Week = [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? [['08:00', '18:00']] : []))
export const NIGHTS_AND_WEEKENDS: Week = [0, 1, 2, 3, 4, 5, 6].map((day) =>
  day < 5
    ? [
        ['00:00', '06:00'],
        ['18:00', '24:00'],
      ]
    : [ALL_DAY],
)
export const ALWAYS: Week = [0, 1, 2, 3, 4, 5, 6].map(() => [ALL_DAY])

const SPAN = /^(\d{1,2})(?::?(\d{2}))?\s*(?:-|–|—|to)\s*(\d{1,2})(?::?(\d{2}))?$/i

/** The spans of a day, or a sentence that says what is wrong. */
export function parseDay(text: string): [string, string][] | string {
  const words = text.trim()
  if (!words || /^(off|none|-|–)$/i.test(words)) return []
  if (/^(all day|always|24 ?h)$/i.test(words)) return [ALL_DAY]
  const spans: [string, string][] = []
  let before = 0
  for (const part of words.split(/[,;]/)) {
    const match = SPAN.exec(part.trim())
    if (!match) return `“${part.trim()}” is not a span like 08:00–18:00.`
    const start = minutes(match[1], match[2])
    const end = minutes(match[3], match[4])
    if (start === null || end === null || start === 1440) return `“${part.trim()}” is not a time of the day.`
    if (start === end) return `“${part.trim()}” has no length. Write “all day” for the whole day.`
    if (start < before) return 'The spans must be in order and must not overlap.'
    before = end > start ? end : 1440
    spans.push([clock(start), clock(end)])
  }
  return spans
}

function minutes(hour: string | undefined, minute: string | undefined): number | null {
  const value = Number(hour) * 60 + Number(minute ?? 0)
  return Number(minute ?? 0) > 59 || value > 1440 ? null : value
}

function clock(value: number): string {
  return `${String(Math.floor(value / 60)).padStart(2, '0')}:${String(value % 60).padStart(2, '0')}`
}

export function formatDay(spans: readonly (readonly string[])[]): string {
  if (spans.length === 1 && spans[0]?.[0] === '00:00' && spans[0][1] === '24:00') return 'all day'
  return spans.map(([start, end]) => `${start ?? ''}–${end ?? ''}`).join(', ')
}

export function formatWeek(week: Week): string[] {
  return week.map(formatDay)
}

/** The whole week, or a sentence that says which day is wrong; `whenEmpty` where no day has any hours. */
export function parseWeek(
  texts: readonly string[],
  whenEmpty = 'The plan never records. Choose another mode for that.',
): Week | string {
  const week: Week = []
  for (const [day, text] of texts.entries()) {
    const spans = parseDay(text)
    if (typeof spans === 'string') return `${WEEKDAY_NAMES[day] ?? ''}: ${spans}`
    week.push(spans)
  }
  return week.some((spans) => spans.length > 0) ? week : whenEmpty
}

/** The parts of each day that are recorded, as fractions of 24 h, with what runs over from the day before. */
export function bars(texts: readonly string[]): { from: number; to: number }[][] {
  const days = texts.map((text) => parseDay(text)).map((spans) => (typeof spans === 'string' ? [] : spans))
  const result: { from: number; to: number }[][] = days.map(() => [])
  for (const [day, spans] of days.entries()) {
    for (const [start, end] of spans) {
      const from = fraction(start)
      const to = fraction(end)
      if (to > from) result[day]?.push({ from, to })
      else {
        result[day]?.push({ from, to: 1 })
        if (to > 0) result[(day + 1) % days.length]?.push({ from: 0, to })
      }
    }
  }
  return result
}

function fraction(text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number)
  return (hour * 60 + minute) / 1440
}

/** A week in words: `Mon–Fri 08:00–18:00; Sat 10:00–14:00`. Days with the same hours stand together. */
export function weekWords(week: readonly (readonly (readonly string[])[])[]): string {
  const days = week.map((spans) => formatDay(spans))
  const parts: string[] = []
  for (let first = 0; first < days.length;) {
    let last = first
    while (last + 1 < days.length && days[last + 1] === days[first]) last += 1
    if (days[first]) {
      const names = first === last ? dayName(first) : `${dayName(first)}–${dayName(last)}`
      parts.push(first === 0 && last === 6 ? `daily ${days[first]}` : `${names} ${days[first]}`)
    }
    first = last + 1
  }
  return parts.length > 0 ? parts.join('; ') : 'never'
}

function dayName(day: number): string {
  return WEEKDAY_NAMES[day]?.slice(0, 3) ?? ''
}
