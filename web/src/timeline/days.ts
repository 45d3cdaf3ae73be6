/** The overview: a column per day instead of what was recorded when. Pure. */

import type { CoverageDays } from '@/api/types'
import { addDays, DAY, instant, startOfDay, wallTime } from '@/words/zone'
import { endOf, type View } from './scale'

/** One day of one camera. */
export interface DayCell {
  start: number
  end: number
  recordedMs: number
  /** What should have been recorded. */
  dueMs: number
  /** Of what should have been; null where nothing should. */
  percent: number | null
  /** What took most of the rest; null where nothing is missing. */
  cause: string | null
}

// Narrower than this a day is a column: what happened within it could not be told apart any more.
const WIDEST_COLUMN_PX = 56

/** Whether the view is an overview of days. */
export function showsDays(view: View): boolean {
  return DAY / view.msPerPx < WIDEST_COLUMN_PX
}

/** The months that the view touches, as the API names them, up to the present one. */
export function monthsOf(view: View, width: number, zone: string, now: number): string[] {
  const months: string[] = []
  const first = wallTime(view.start, zone)
  const end = Math.min(endOf(view, width), now)
  for (let month = first.month; ; month += 1) {
    const start = instant({ year: first.year, month, day: 1 }, zone)
    if (start > end) return months
    const named = wallTime(start, zone)
    months.push(`${named.year}-${String(named.month).padStart(2, '0')}`)
  }
}

/** The days of a month by camera. Their bounds are those of the zone: 23 and 25 hours where clocks are changed. */
export function cellsOf(found: CoverageDays, zone: string): Map<string, DayCell[]> {
  const bounds = found.dates.map((date) => {
    const [year = 1970, month = 1, day = 1] = date.split('-').map(Number)
    const start = instant({ year, month, day }, zone)
    return [start, addDays(start, 1, zone)] as const
  })
  return new Map(
    found.cameras.map((camera) => [
      camera.camera_id,
      bounds.map(([start, end], index) => {
        const [recordedMs, dueMs] = [camera.recorded_ms[index] ?? 0, camera.due_ms[index] ?? 0]
        const whole = recordedMs >= dueMs
        return {
          start,
          end,
          recordedMs,
          dueMs,
          percent: dueMs <= 0 ? null : whole ? 100 : Math.min(99.999, (100 * recordedMs) / dueMs),
          cause: camera.causes[index] ?? null,
        }
      }),
    ]),
  )
}

/** The day at an instant. */
export function cellAt(cells: readonly DayCell[] | undefined, at: number): DayCell | null {
  return cells?.find(({ start, end }) => at >= start && at < end) ?? null
}

/** The whole day that an instant is of. */
export function dayAt(at: number, zone: string): { start: number; end: number } {
  const start = startOfDay(at, zone)
  return { start, end: addDays(start, 1, zone) }
}
