/** What a search has told so far. Pure. */

import type { FindLine } from '@/api/types'

export interface Hit {
  number: number
  start: number
  /** Null while it goes on. */
  end: number | null
  unseen: boolean
  /** JPEG in Base64. */
  picture: string | null
}

export interface Skipped {
  start: number
  end: number
  code: string
  detail: string
}

export interface Results {
  state: 'running' | 'done' | 'cancelled' | 'failed'
  start: number
  end: number
  /** Searched up to here. */
  at: number
  pictures: number
  searchedMs: number
  /** Oldest first. */
  hits: readonly Hit[]
  skipped: readonly Skipped[]
  /** There is more, but this is enough for anybody. */
  full: boolean
  seconds: number | null
  /** Why it failed. */
  problem: string | null
}

export function begun(start: number, end: number): Results {
  return {
    state: 'running',
    start,
    end,
    at: start,
    pictures: 0,
    searchedMs: 0,
    hits: [],
    skipped: [],
    full: false,
    seconds: null,
    problem: null,
  }
}

export function withLine(results: Results, line: FindLine): Results {
  switch (line.kind) {
    case 'begin':
      return { ...results, start: Date.parse(line.start), end: Date.parse(line.end) }
    case 'hit': {
      const before = results.hits.find(({ number }) => number === line.number)
      const hit: Hit = {
        number: line.number,
        start: Date.parse(line.start),
        end: line.end === null ? null : Date.parse(line.end),
        unseen: line.unseen,
        picture: line.picture ?? before?.picture ?? null,
      }
      const hits = before
        ? results.hits.map((one) => (one.number === hit.number ? hit : one))
        : [...results.hits, hit]
      return { ...results, hits }
    }
    case 'skipped': {
      const one = {
        start: Date.parse(line.start),
        end: Date.parse(line.end),
        code: line.code,
        detail: line.detail,
      }
      return { ...results, skipped: [...results.skipped, one] }
    }
    case 'progress':
      return { ...results, at: Date.parse(line.at), pictures: line.pictures, searchedMs: line.searched_ms }
    case 'done':
      return {
        ...results,
        state: 'done',
        at: Date.parse(line.at),
        pictures: line.pictures,
        searchedMs: line.searched_ms,
        full: line.full,
        seconds: line.seconds,
      }
    case 'failed':
      return { ...results, state: 'failed', problem: line.detail }
  }
}

/** How much of the span is searched, 0 to 1. */
export function progressOf({ start, end, at, state }: Results): number {
  if (state === 'done') return 1
  return end > start ? Math.min(1, Math.max(0, (at - start) / (end - start))) : 0
}

export interface Reason {
  /** Of the first span. */
  detail: string
  /** Spans, and how much time they are together. */
  count: number
  ms: number
}

/** Why something was left out, each kind of reason once, that of the most time first. */
export function reasonsOf(skipped: readonly Skipped[]): Reason[] {
  const found = new Map<string, Reason>()
  for (const { start, end, code, detail } of skipped) {
    const before = found.get(code) ?? { detail, count: 0, ms: 0 }
    found.set(code, { ...before, count: before.count + 1, ms: before.ms + end - start })
  }
  return [...found.values()].sort((a, b) => b.ms - a.ms)
}

/** Whether the frame that began at `shown` is the one of an instant: cameras send at least one a second. */
export function isShownAt(instant: number, shown: number): boolean {
  return shown <= instant && instant - shown < 1_000
}

/** The hit that follows an instant (1), or the one before it (-1). */
export function neighbour(hits: readonly Hit[], at: number, direction: 1 | -1): Hit | null {
  if (direction === 1) return hits.find(({ start }) => start > at) ?? null
  return hits.findLast(({ start }) => start < at) ?? null
}
