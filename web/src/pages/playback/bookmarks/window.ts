/** Which bookmarks are fetched around the playhead, and how they become marks. Pure. */

import type { Bookmark } from '@/api/bookmarks'
import type { Mark } from '@/timeline/marks'
import { DAY } from '@/words/zone'

// The timeline shows 92 days at most: around any instant of one step there is more than that on both sides.
const STEP_MS = 64 * DAY

/** The span whose bookmarks are kept while the playhead is at `at`: the same for weeks, so that moving asks for nothing. */
export function windowAround(at: number): { start: number; end: number } {
  const step = Math.floor(at / STEP_MS)
  return { start: Math.max(0, (step - 2) * STEP_MS), end: (step + 3) * STEP_MS }
}

export function toMark({ id, camera_id, start, end, title }: Bookmark): Mark {
  return {
    id,
    kind: 'bookmark',
    startMs: Date.parse(start),
    endMs: Date.parse(end),
    label: title,
    camera: camera_id,
  }
}
