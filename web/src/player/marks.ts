/**
 * The in and out marks of a span of footage: set while watching, kept in the address, looped between, and taken up by
 * whatever is made of the span (a share link, an export). Instants are UTC milliseconds; the out mark is where the span
 * ends, the frame that begins there is no part of it. Pure.
 */

export interface Marks {
  in: number | null
  out: number | null
}

export type Mark = keyof Marks

export interface Span {
  start: number
  end: number
}

export const NO_MARKS: Marks = { in: null, out: null }

/** A mark put somewhere. The other one stays unless the two would be in the wrong order: then it goes. */
export function withMark(marks: Marks, which: Mark, at: number): Marks {
  const moved = { ...marks, [which]: at }
  if (moved.in === null || moved.out === null || moved.in < moved.out) return moved
  return { ...NO_MARKS, [which]: at }
}

// Marks that are dragged stay this far apart: the shortest span that shows a picture.
const LEAST_MS = 40

/** A mark dragged to an instant: it stops at the other one. */
export function dragged(marks: Marks, which: Mark, at: number): Marks {
  if (which === 'in') return { ...marks, in: marks.out === null ? at : Math.min(at, marks.out - LEAST_MS) }
  return { ...marks, out: marks.in === null ? at : Math.max(at, marks.in + LEAST_MS) }
}

/** The marked span, null until both ends are there. */
export function spanOf({ in: start, out: end }: Marks): Span | null {
  return start !== null && end !== null && start < end ? { start, end } : null
}

/** Marks as an address has them. What is no instant is left out. */
export function marksIn(search: { in?: unknown; out?: unknown }): Marks {
  const at = (value: unknown) => {
    const parsed = typeof value === 'string' ? Date.parse(value) : NaN
    return Number.isNaN(parsed) ? null : parsed
  }
  const marks = { in: at(search.in), out: at(search.out) }
  return marks.in !== null && marks.out !== null && marks.in >= marks.out ? { ...marks, out: null } : marks
}

export function marksOut(marks: Marks): { in: string | undefined; out: string | undefined } {
  const text = (at: number | null) => (at === null ? undefined : new Date(Math.round(at)).toISOString())
  return { in: text(marks.in), out: text(marks.out) }
}

/**
 * How long a loop over `span` goes on from `at`, in real milliseconds, before it has to begin again: 0 when it is past
 * its end, or before its beginning when it runs backwards. `frameMs` is how long a frame is shown: backwards the loop
 * turns when the first frame has been shown.
 */
export function leftOfLoop(span: Span, at: number, rate: number, frameMs: number): number {
  const left = rate > 0 ? span.end - at : at + frameMs - span.start
  return Math.max(0, left) / Math.abs(rate)
}

/** Where a loop begins again: at its start, or, backwards, with its last frame. */
export function loopStart(span: Span, rate: number, frameMs: number): number {
  return rate > 0 ? span.start : Math.max(span.start, span.end - frameMs)
}
