/** Where footage goes on after the next gap of any of several cameras. */

import { fetchCoverage } from '@/api/queries'
import { DAY } from '@/words/zone'

/** Null when none of them has a gap between `at` and now. A gap with nothing after it is none to jump over. */
export async function nextOfAny(cameras: readonly string[], at: number): Promise<number | null> {
  const end = Math.min(at + 31 * DAY, Date.now())
  if (cameras.length === 0 || end <= at) return null
  const found = await fetchCoverage({ cameras, start: at, end, resolutionMs: 1 })
  const starts = found.cameras.flatMap(({ spans }) =>
    spans.map(([start]) => start).filter((start) => start > at + 1),
  )
  return starts.length > 0 ? Math.min(...starts) : null
}

/** Where the first footage of a span begins; where there is none, or it can't be asked, the span itself. */
export async function firstOfAny(cameras: readonly string[], start: number, end: number): Promise<number> {
  try {
    // To the millisecond: a hair before the first frame there is nothing.
    const found = await fetchCoverage({ cameras, start, end, resolutionMs: 1 })
    const starts = found.cameras.flatMap(({ spans }) => spans[0]?.[0] ?? [])
    return starts.length > 0 ? Math.min(...starts) : start
  } catch {
    return start
  }
}
