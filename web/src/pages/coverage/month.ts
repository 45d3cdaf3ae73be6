/** A month of coverage: its address, its cells and their words. Pure. */

import type { CoverageDay } from '@/api/recordings'
import { causeLook } from '@/timeline/causes'
import { duration } from '@/words/format'

export interface CoverageSearch {
  /** As 2026-11. */
  month?: string
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/

export function coverageSearch(search: Record<string, unknown>): CoverageSearch {
  return typeof search.month === 'string' && MONTH.test(search.month) ? { month: search.month } : {}
}

/** The month so many later. */
export function shifted(month: string, by: number): string {
  const [year = '1970', number = '1'] = month.split('-')
  const index = Number(year) * 12 + Number(number) - 1 + by
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`
}

export type Kept = 'kept' | 'missed' | 'nothing'

export function keptOf({ met }: { met: boolean | null }): Kept {
  return met === null ? 'nothing' : met ? 'kept' : 'missed'
}

/** `100`, `99.4`, never rounded up, or a dash where nothing was due. */
export function cellText(percent: number | null): string {
  if (percent === null) return '–'
  return percent >= 100 ? '100' : (Math.floor(percent * 10) / 10).toFixed(1)
}

/** `2 h 30 min network, 20 s lost`: what is missing, the longest first; the plan's part is not missing. */
export function reasons(day: Pick<CoverageDay, 'gaps_ms'>): string {
  return Object.entries(day.gaps_ms)
    .filter(([cause]) => cause !== 'not_scheduled')
    .sort(([, a], [, b]) => b - a)
    .map(([cause, length]) => `${duration(length)} ${causeLook(cause).label.toLowerCase()}`)
    .join(', ')
}
