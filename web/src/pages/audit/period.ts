/** The period that a report is of: what can be chosen, and how it stands in the address of the page. Pure. */

import type { Period } from '@/api/audit'
import { MONTH_NAMES, stretch } from '@/words/format'
import { addDays, startOfDay, wallTime } from '@/words/zone'

export interface ReportSearch {
  /** As 2026-11. */
  month?: string
  /** RFC 3339, both or none. */
  from?: string
  to?: string
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

/** Only what names a period; anything else in the address is left out. */
export function reportSearch(search: Record<string, unknown>): ReportSearch {
  if (typeof search.month === 'string' && MONTH.test(search.month)) return { month: search.month }
  const { from, to } = search
  if (typeof from !== 'string' || typeof to !== 'string') return {}
  return Date.parse(from) < Date.parse(to) ? { from, to } : {}
}

export function periodOf({ month, from, to }: ReportSearch): Period | null {
  if (month) return { month }
  return from && to ? { from, to } : null
}

/** The months that a report can be made of, the present one first. */
export function months(now: { year: number; month: number }, many = 36): string[] {
  return Array.from({ length: many }, (_, back) => {
    const index = now.year * 12 + now.month - 1 - back
    return `${String(Math.floor(index / 12))}-${String((index % 12) + 1).padStart(2, '0')}`
  })
}

export function monthName(month: string): string {
  const [year = '', number = '1'] = month.split('-')
  return `${MONTH_NAMES[Number(number) - 1] ?? number} ${year}`
}

export const PRESETS = ['This month', 'Last month', 'Last 7 days', 'Last 30 days'] as const
export type Preset = (typeof PRESETS)[number]

/** Days are whole ones of the site's calendar, today among them, up to now. */
export function preset(name: Preset, now: number, zone: string): ReportSearch {
  const [present = '', before = ''] = months(wallTime(now, zone), 2)
  if (name === 'This month') return { month: present }
  if (name === 'Last month') return { month: before }
  const days = name === 'Last 7 days' ? 7 : 30
  return {
    from: new Date(startOfDay(addDays(now, 1 - days, zone), zone)).toISOString(),
    to: new Date(now).toISOString(),
  }
}

export function spanName({ from, to }: { from: string; to: string }, zone: string): string {
  return stretch(Date.parse(from), Date.parse(to), zone, null, 'minute')
}
