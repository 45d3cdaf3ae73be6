/** Instants in fields for date and time, which hold a wall time without a zone: `2026-11-21T14:05`. Pure. */

import { instant, wallTime } from './zone'

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2}))?/

const two = (value: number) => String(value).padStart(2, '0')

export function toLocal(at: number, zone: string, seconds = false): string {
  const t = wallTime(at, zone)
  return `${String(t.year).padStart(4, '0')}-${two(t.month)}-${two(t.day)}T${two(t.hour)}:${two(t.minute)}${seconds ? `:${two(t.second)}` : ''}`
}

/** The instant of what was typed; null when nothing was. */
export function fromLocal(text: string, zone: string): number | null {
  const match = LOCAL.exec(text)
  if (!match) return null
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0))
  return instant({ year, month, day, hour, minute, second }, zone)
}
