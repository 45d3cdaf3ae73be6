/** Marks on the timeline: what happened, what somebody noted, what was found. Pure; milliseconds and CSS pixels. */

import { endOf, toX, type View } from './scale'

/** Each has a shape of its own (`paint-marks.ts`), so that colour is not the only sign. */
export type MarkKind = 'event' | 'bookmark' | 'find' | 'in' | 'out'

export interface Mark {
  id: string
  kind: MarkKind
  startMs: number
  /** Equal to `startMs` for an instant. */
  endMs: number
  /** What it is, in one line. */
  label: string
  /** The camera whose row it stands in; without one it stands across all rows. */
  camera?: string
}

/** A mark where it is drawn, or several that are too close to be told apart. */
export interface PlacedMark {
  /** In order of time, never empty. */
  marks: Mark[]
  kind: MarkKind
  /** The number of the row; null across all. */
  row: number | null
  /** Of the shape; that of the first mark, and may lie left of the view while the span goes on in it. */
  x: number
  /** Where the span, or the last of several, ends. */
  endX: number
}

/** Shapes nearer than this are one. */
export const MARK_APART_PX = 9
/** So far beside a shape a pointer still means it. */
const REACH_PX = 6
// Pressed again while it plays, "back" goes to the mark before, not to the one that was just left.
const JUST_PASSED_MS = 1000

/** The marks that the view shows, those of one row and kind that are too close as one. `marks` in any order. */
export function placeMarks(
  marks: readonly Mark[],
  rows: readonly string[],
  view: View,
  width: number,
): PlacedMark[] {
  const end = endOf(view, width) + MARK_APART_PX * view.msPerPx
  const start = view.start - MARK_APART_PX * view.msPerPx
  const shown = marks
    .filter((mark) => mark.startMs <= end && mark.endMs >= start)
    .sort((a, b) => a.startMs - b.startMs)
  const placed: PlacedMark[] = []
  const open = new Map<string, PlacedMark>()
  for (const mark of shown) {
    const row = mark.camera === undefined ? null : rows.indexOf(mark.camera)
    if (row === -1) continue
    const x = toX(view, mark.startMs)
    const endX = toX(view, mark.endMs)
    const key = `${mark.kind} ${row ?? ''}`
    const last = open.get(key)
    if (last && mark.kind !== 'in' && mark.kind !== 'out' && x - last.x < MARK_APART_PX) {
      last.marks.push(mark)
      last.endX = Math.max(last.endX, endX)
      continue
    }
    const one: PlacedMark = { marks: [mark], kind: mark.kind, row, x, endX }
    open.set(key, one)
    placed.push(one)
  }
  return placed
}

/** What a pointer at `x` in a row means (null: in the ruler); the nearest of those within reach. */
export function markAt(placed: readonly PlacedMark[], x: number, row: number | null): PlacedMark | null {
  let found: PlacedMark | null = null
  let nearest = REACH_PX
  for (const one of placed) {
    if (one.row !== row && one.row !== null) continue
    const away = Math.abs(x - one.x)
    if (away > nearest) continue
    found = one
    nearest = away
  }
  return found
}

/** The next mark after an instant, or the one before it; null when there is none. `marks` in any order. */
export function nextMark(marks: readonly Mark[], at: number, direction: 1 | -1): Mark | null {
  let found: Mark | null = null
  for (const mark of marks) {
    if (direction === 1 ? mark.startMs <= at : mark.startMs >= at - JUST_PASSED_MS) continue
    const better =
      found === null || (direction === 1 ? mark.startMs < found.startMs : mark.startMs > found.startMs)
    if (better) found = mark
  }
  return found
}

const KIND_NAMES: Record<MarkKind, string> = {
  event: 'Event',
  bookmark: 'Bookmark',
  find: 'Found',
  in: 'In',
  out: 'Out',
}

/** `Bookmark: van at the gate`; a mark without words is its kind. */
export function markName(mark: Mark): string {
  const kind = KIND_NAMES[mark.kind]
  return mark.label ? `${kind}: ${mark.label}` : kind
}
