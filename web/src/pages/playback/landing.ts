/** Where playback begins when nobody said where: a moment ago, so that there is something to play. */

import { fetchCoverage } from '@/api/queries'
import { DAY } from '@/words/zone'

const RECENT_MS = 30_000
// A first picture, and some time to press a key.
const NEWEST_MS = 10_000

/**
 * A moment ago where that was recorded; else where footage begins after it, or the last of what there is. Without any
 * it is now: the live edge waits for the first picture, and a camera that is away says so. Pure.
 */
export function landing(spans: readonly (readonly number[])[], now: number): number {
  const wanted = now - RECENT_MS
  const after = spans.find(([, end = 0]) => end > wanted)
  if (after) return Math.max(wanted, after[0] ?? wanted)
  const last = spans.at(-1)
  if (!last) return now
  const [start = now, end = now] = last
  return Math.max(start, end - NEWEST_MS)
}

/** The same of what a camera recorded in the last day; a moment ago when it can't be asked. */
export async function landingOf(camera: string, now: number): Promise<number> {
  try {
    // To the millisecond: a hair before the first frame there is nothing.
    const found = await fetchCoverage({ cameras: [camera], start: now - DAY, end: now, resolutionMs: 1 })
    return landing(found.cameras[0]?.spans ?? [], now)
  } catch {
    return now - RECENT_MS
  }
}
