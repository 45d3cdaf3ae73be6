/** What a line of the audit log says beside the action. Pure. */

import type { AuditEntry } from '@/api/audit'
import { duration } from '@/words/format'

/** How instants and spans are written here. */
export interface Times {
  instant: (at: number) => string
  stretch: (start: number, end: number) => string
}

export interface Span {
  from: string
  to: string
}

const INSTANT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g
const SHOWN = 2

/** A text with every instant in it as people read it. */
export function withInstants(text: string, instant: Times['instant']): string {
  return text.replace(INSTANT, (found) => instant(Date.parse(found)))
}

/** Spans of footage, as an entry has them; null for anything else. */
export function spansOf(value: unknown): Span[] | null {
  if (!Array.isArray(value)) return null
  const found = value.filter(
    (one): one is Span =>
      typeof one === 'object' &&
      one !== null &&
      typeof (one as Span).from === 'string' &&
      typeof (one as Span).to === 'string',
  )
  return found.length === value.length ? found : null
}

export function stretches(spans: Span[], times: Times, most = spans.length): string {
  const told = spans.slice(0, most).map(({ from, to }) => times.stretch(Date.parse(from), Date.parse(to)))
  const more = spans.length - told.length
  return told.join(', ') + (more > 0 ? ` and ${more} more` : '')
}

/** Of a view how long it was and which footage it was of, of anything else its detail. */
export function summary(entry: Pick<AuditEntry, 'action' | 'after' | 'detail'>, times: Times): string {
  const after = entry.after ?? {}
  if (entry.action === 'live.end' || entry.action === 'playback.end') {
    const spans = spansOf(after['spans'])
    const words = [
      typeof after['seconds'] === 'number'
        ? `after ${after['exact'] === false ? 'at least ' : ''}${duration(after['seconds'] * 1000)}`
        : '',
      spans?.length ? `footage of ${stretches(spans, times, SHOWN)}` : '',
    ]
    return words.filter(Boolean).join(', ')
  }
  if (entry.action === 'playback.view') {
    const asked = after['asked'] as Partial<Span> | undefined
    if (asked?.from) return `from ${times.instant(Date.parse(asked.from))}`
  }
  return withInstants(entry.detail, times.instant)
}
