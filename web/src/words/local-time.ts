/**
 * Instants in fields for date and time, which hold a wall time without a zone: `2026-11-21T14:05`. In the hour that comes
 * twice when the clocks go back, a `B` after it means the second; the field itself never shows it. Pure.
 */

import { instant, instantsOf, turnOf, wallTime } from './zone'

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(B?)$/

const two = (value: number) => String(value).padStart(2, '0')

export function toLocal(at: number, zone: string, seconds = false): string {
  const t = wallTime(at, zone)
  const text = `${String(t.year).padStart(4, '0')}-${two(t.month)}-${two(t.day)}T${two(t.hour)}:${two(t.minute)}${seconds ? `:${two(t.second)}` : ''}`
  return turnOf(at, zone) === 'B' ? `${text}B` : text
}

/** What the field shows of a value. */
export const fieldOf = (value: string): string => value.replace(/B$/, '')

/** The same time the second time it comes, or the first. */
export const takeTurn = (value: string, second: boolean): string => `${fieldOf(value)}${second ? 'B' : ''}`

/** The instant of what was typed; null when nothing was. */
export function fromLocal(text: string, zone: string): number | null {
  const wall = wallOf(text)
  if (!wall) return null
  const both = text.endsWith('B') ? instantsOf(wall, zone) : []
  return both[1] ?? instant(wall, zone)
}

/** What is special about a typed time: it comes twice that day (both instants), or not at all. */
export function oddity(text: string, zone: string): { twice: [number, number] } | { skipped: number } | null {
  const wall = wallOf(text)
  if (!wall || wall.month < 1 || wall.month > 12 || wall.day < 1 || wall.day > 31) return null
  const [first, second] = instantsOf(wall, zone)
  if (first === undefined) return { skipped: instant(wall, zone) }
  return second === undefined ? null : { twice: [first, second] }
}

function wallOf(text: string) {
  const match = LOCAL.exec(text)
  if (!match) return null
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part: string | undefined) => Number(part ?? 0))
  return { year, month, day, hour, minute, second }
}
