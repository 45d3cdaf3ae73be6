/** Which span of time is searched. Pure. */

import { fromLocal, toLocal } from '@/words/local-time'
import { addDays, DAY, HOUR, startOfDay } from '@/words/zone'

/** The day of the playhead, the hour around it, what lies between the marks, or what is typed. */
export type Choice = 'day' | 'hour' | 'marks' | 'own'

export interface Typed {
  from: string
  to: string
}

export interface Span {
  start: number
  end: number
}

// The server's limit.
const MOST = 7 * DAY

/** The span that is meant, up to the present; null where none is. */
export function spanOf(
  choice: Choice,
  at: number,
  now: number,
  zone: string,
  marks: Span | null,
  typed: Typed,
): Span | null {
  const asked = {
    day: () => day(at, zone),
    hour: () => hour(at),
    marks: () => marks,
    own: () => own(typed, zone),
  }
  const found = asked[choice]()
  return found && { start: found.start, end: Math.min(found.end, now) }
}

function day(at: number, zone: string): Span {
  const start = startOfDay(at, zone)
  return { start, end: addDays(start, 1, zone) }
}

function hour(at: number): Span {
  return { start: at - HOUR / 2, end: at + HOUR / 2 }
}

function own({ from, to }: Typed, zone: string): Span | null {
  const [start, end] = [fromLocal(from, zone), fromLocal(to, zone)]
  return start === null || end === null ? null : { start, end }
}

/** As the fields hold it. */
export function typedOf({ start, end }: Span, zone: string): Typed {
  return { from: toLocal(start, zone, true), to: toLocal(end, zone, true) }
}

/** What is wrong with a span, in a sentence; null when nothing is. */
export function wrongWith(span: Span | null, now: number): string | null {
  if (!span) return 'Say from when to when.'
  if (span.start >= now) return 'Nothing was recorded after now.'
  if (span.end <= span.start) return 'The end must be after the beginning.'
  if (span.end - span.start > MOST) return 'One search spans at most 7 days.'
  return null
}
