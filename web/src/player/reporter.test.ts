import { expect, test } from 'vitest'
import { FIRST_REPORT_MS, REPORT_EVERY_MS, Reporter, type Seen } from './reporter'

const seen =
  (changed: Partial<Seen> = {}) =>
  (): Seen => ({ stalls: 0, framesDropped: 2, latencyMs: 180.4, ...changed })

function begun(askedAt: number, shownAt: number, before = seen()): Reporter {
  const reporter = new Reporter(askedAt)
  reporter.shown(shownAt)
  expect(reporter.next(before, shownAt)).toBeNull()
  return reporter
}

test('nothing is told before there is a picture', () => {
  expect(new Reporter(0).next(seen(), 50_000)).toBeNull()
})

test('a view is told of soon, and then every ten seconds', () => {
  const reporter = begun(1_000, 1_140)
  reporter.shown(9_000)
  expect(reporter.next(seen(), 1_140 + FIRST_REPORT_MS - 1)).toBeNull()
  const first = 1_140 + FIRST_REPORT_MS
  expect(reporter.next(seen({ framesDropped: 5 }), first)).toEqual({
    stalls: 0,
    frames_dropped: 3,
    first_frame_ms: 140,
    latency_ms: 180,
  })
  expect(reporter.next(seen(), first + REPORT_EVERY_MS - 1)).toBeNull()
  expect(reporter.next(seen({ stalls: 3 }), first + REPORT_EVERY_MS)?.stalls).toBe(3)
})

test('what was counted for a view before is not told again', () => {
  const reporter = begun(0, 10, seen({ stalls: 5, framesDropped: 100 }))
  const told = reporter.next(seen({ stalls: 6, framesDropped: 40 }), 10 + FIRST_REPORT_MS)
  expect(told).toMatchObject({ stalls: 1, frames_dropped: 0 })
})

test('a latency that is not known is left out, and one of a wrong clock makes no nonsense', () => {
  const first = 10 + FIRST_REPORT_MS
  expect(begun(0, 10).next(seen({ latencyMs: null }), first)).not.toHaveProperty('latency_ms')
  expect(begun(0, 10).next(seen({ latencyMs: 1e12 }), first)?.latency_ms).toBe(3_600_000)
  expect(begun(0, 10).next(seen({ latencyMs: -40 }), first)?.latency_ms).toBe(0)
})
