/** Where playback begins when nobody said where: a moment ago, so that there is something to play. */

import { fetchCoverage } from '@/api/queries'
import { DAY } from '@/words/zone'
import { footageAt } from './locate'

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

/** The same of what a camera recorded last, however long ago; a moment ago when it can't be asked. */
export async function landingOf(camera: string, now: number): Promise<number> {
  try {
    const spans = await recordedBefore(camera, now)
    if (spans.length > 0) return landing(spans, now)
    const { previous_footage_end: last } = await footageAt(camera, 'main', now)
    return landing(last === null ? [] : await recordedBefore(camera, Date.parse(last)), now)
  } catch {
    return now - RECENT_MS
  }
}

/** What was recorded in the day before an instant. */
async function recordedBefore(camera: string, end: number): Promise<readonly (readonly number[])[]> {
  // To the millisecond: a hair before the first frame there is nothing.
  const found = await fetchCoverage({ cameras: [camera], start: end - DAY, end, resolutionMs: 1 })
  return found.cameras[0]?.spans ?? []
}
