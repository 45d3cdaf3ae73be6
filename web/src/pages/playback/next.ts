/** The next thing to look at: where footage goes on after a gap, or where something is marked. */

import { fetchCoverage } from '@/api/queries'
import type { StreamKind } from '@/api/types'
import type { Mark } from '@/timeline/marks'
import { DAY } from '@/words/zone'
import { locate } from './locate'

/** Where footage goes on after the next gap; null when there is none before now. */
export async function nextAfterGap(camera: string, stream: StreamKind, at: number): Promise<number | null> {
  const ask = { cameras: [camera], start: at, end: Math.min(at + 31 * DAY, Date.now()), resolutionMs: 1 }
  const gap = (await fetchCoverage(ask)).cameras[0]?.gaps.find((candidate) => candidate.end_ms > at)
  if (!gap) return null
  const found = await locate(camera, stream, gap.end_ms)
  return found.recorded ? gap.end_ms : found.next
}

/**
 * The first mark of any of `cameras` that begins later than `frameMs` after `at`: in the shown frame it is not the next.
 * One of no camera is everybody's. Null when there is none before `now`.
 */
export function nextMarked(
  marks: readonly Mark[],
  cameras: readonly string[],
  at: number,
  frameMs: number,
  now: number,
): number | null {
  const starts = marks.flatMap(({ camera, startMs }) =>
    (camera === undefined || cameras.includes(camera)) && startMs > at + frameMs && startMs < now
      ? startMs
      : [],
  )
  return starts.length > 0 ? Math.min(...starts) : null
}

/** The nearer of what there is. */
export function nearest(...instants: readonly (number | null)[]): number | null {
  const known = instants.filter((at) => at !== null)
  return known.length > 0 ? Math.min(...known) : null
}

export const NOTHING_NEXT = 'There is no gap and no bookmark between here and now.'
