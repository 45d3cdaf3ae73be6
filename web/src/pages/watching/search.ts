/** What the pages of live views are limited to, in their addresses. Pure. */

import type { Span, ViewFilter } from '@/api/watching'
import { DAY } from '@/words/zone'

export interface PastSearch extends ViewFilter, Partial<Span> {
  /** The last so many days; a week where nothing is said. */
  days?: number
}

export const PERIODS: readonly { days: number; label: string }[] = [
  { days: 1, label: 'Last 24 hours' },
  { days: 7, label: 'Last 7 days' },
  { days: 30, label: 'Last 30 days' },
  { days: 90, label: 'Last 90 days' },
]
export const USUAL_DAYS = 7

/** Only what is a filter; anything else in the address is left out. */
export function viewFilter(search: Record<string, unknown>): ViewFilter {
  const { camera, user } = search
  return {
    ...(typeof camera === 'string' && /^[0-9a-f-]{36}$/i.test(camera) ? { camera } : {}),
    // The router reads `?user=12` as a number.
    ...((typeof user === 'string' && user !== '') || typeof user === 'number' ? { user: String(user) } : {}),
  }
}

export function pastSearch(search: Record<string, unknown>): PastSearch {
  const { days, from, to } = search
  const filter = viewFilter(search)
  if (typeof from === 'string' && typeof to === 'string' && Date.parse(from) < Date.parse(to))
    return { ...filter, from, to }
  const known = PERIODS.some((one) => one.days === days && one.days !== USUAL_DAYS)
  return known ? { ...filter, days: days as number } : filter
}

/** The span that is meant, by an instant that stands for now. */
export function spanOf({ days = USUAL_DAYS, from, to }: PastSearch, now: number): Span {
  if (from !== undefined && to !== undefined) return { from, to }
  return { from: new Date(now - days * DAY).toISOString(), to: new Date(now).toISOString() }
}

/** Hours for some days, days for more. */
export function stepOf({ from, to }: Span): 'hour' | 'day' {
  return Date.parse(to) - Date.parse(from) <= 8 * DAY ? 'hour' : 'day'
}
