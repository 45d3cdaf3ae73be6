import { describe, expect, test } from 'vitest'
import type { StreamStatus } from '@/api/types'
import { awaySince } from './left-over'
import { ServerClock } from './server-clock'

const NOW = Date.UTC(2026, 10, 21, 12)
const status = (state: string, agoMs: number | null) =>
  ({ state, last_frame_at: agoMs === null ? null : new Date(NOW - agoMs).toISOString() }) as StreamStatus

describe('pictures of a camera that is away', () => {
  test.each([
    ['waiting', 30_000, NOW - 30_000],
    ['connecting', 9_000, NOW - 9_000],
    ['waiting', 2_000, null],
    ['recording', 30_000, null],
    ['live', 30_000, null],
    ['waiting', null, null],
  ])('%s, the last %d ms ago: since %d', (state, ago, since) => {
    expect(awaySince(status(state, ago), NOW, new ServerClock())).toBe(since)
  })

  test('nothing is known of it yet', () => expect(awaySince(null, NOW)).toBeNull())

  test('the age is by the clock of the server', () => {
    const clock = new ServerClock()
    clock.heard(NOW + 3_600_000, NOW)
    const told = { ...status('waiting', 0), last_frame_at: new Date(NOW + 3_600_000 - 20_000).toISOString() }
    expect(awaySince(told, NOW, clock)).toBe(NOW - 20_000)
  })
})
