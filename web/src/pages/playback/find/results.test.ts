import { describe, expect, test } from 'vitest'
import type { FindLine } from '@/api/types'
import { linesOf } from './lines'
import { begun, isShownAt, neighbour, progressOf, reasonsOf, withLine } from './results'

const T0 = Date.UTC(2026, 10, 21, 12)
const at = (seconds: number) => new Date(T0 + seconds * 1000).toISOString()

const hit = (number: number, start: number, end: number | null, picture: string | null = null): FindLine => ({
  kind: 'hit',
  number,
  start: at(start),
  end: end === null ? null : at(end),
  share: 0.1,
  unseen: false,
  stream: 'sub',
  picture,
})

describe('results', () => {
  test('a hit that is told again takes the place of the first, and keeps its picture', () => {
    const told = [hit(1, 5, null, 'abc'), hit(2, 20, null, 'def'), hit(1, 5, 9)]
    const { hits } = told.reduce(withLine, begun(T0, T0 + 60_000))
    expect(hits.map(({ number, end, picture }) => [number, end, picture])).toEqual([
      [1, T0 + 9000, 'abc'],
      [2, null, 'def'],
    ])
  })

  test('progress and the end', () => {
    let now = begun(T0, T0 + 60_000)
    now = withLine(now, { kind: 'begin', start: at(0), end: at(40) })
    now = withLine(now, { kind: 'progress', at: at(10), pictures: 5, searched_ms: 10_000, hits: 0 })
    expect([progressOf(now), now.pictures]).toEqual([0.25, 5])
    const done = { at: at(40), pictures: 20, searched_ms: 40_000, hits: 0, full: false, seconds: 0.1 }
    now = withLine(now, { kind: 'done', ...done })
    expect([now.state, progressOf(now), now.seconds]).toEqual(['done', 1, 0.1])
  })

  test('a failure says why', () => {
    const now = withLine(begun(T0, T0), { kind: 'failed', code: 'auth.forbidden', detail: 'No.' })
    expect([now.state, now.problem, progressOf(now)]).toEqual(['failed', 'No.', 0])
  })

  test('what was left out is told once for each kind of reason', () => {
    const lost = (start: number, end: number, code: string, detail: string) => ({ start, end, code, detail })
    const skipped = [lost(0, 5, 'a', 'A.'), lost(5, 7, 'b', 'B 1.'), lost(7, 20, 'b', 'B 2.')]
    expect(reasonsOf(skipped)).toEqual([
      { detail: 'B 1.', count: 2, ms: 15 },
      { detail: 'A.', count: 1, ms: 5 },
    ])
  })

  test('the next hit and the one before', () => {
    const { hits } = [hit(1, 5, 6), hit(2, 20, 21)].reduce(withLine, begun(T0, T0))
    const found = (seconds: number, direction: 1 | -1) =>
      neighbour(hits, T0 + seconds * 1000, direction)?.number
    expect([found(0, 1), found(5, 1), found(20, 1), found(20, -1), found(6, -1), found(5, -1)]).toEqual([
      1,
      2,
      undefined,
      1,
      1,
      undefined,
    ])
  })
})

test('a frame is shown until the next one', () => {
  expect([0, 18, 999, 1_000, -1].map((before) => isShownAt(T0, T0 - before))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
})

async function read(...chunks: string[]): Promise<unknown[]> {
  const bytes = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(bytes.encode(chunk))
      controller.close()
    },
  })
  const found = []
  for await (const line of linesOf(body)) found.push(line)
  return found
}

test('lines may come in any pieces', async () => {
  expect(await read('{"a":1}\n{"b"', ':2}\n\n', '{"c":3}')).toEqual([{ a: 1 }, { b: 2 }, { c: 3 }])
  expect(await read()).toEqual([])
})

test('who stops reading ends the answer', async () => {
  let cancelled = false
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode('1\n')),
    cancel: () => {
      cancelled = true
    },
  })
  for await (const line of linesOf(body)) if (line === 1) break
  expect(cancelled).toBe(true)
})
