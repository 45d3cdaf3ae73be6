import { describe, expect, it } from 'vitest'
import { captureMs } from './rtp-clock'

const NOW = Date.UTC(2026, 10, 21, 20)
const stamp = (ms: number) => (ms * 90) % 2 ** 32

describe('captureMs', () => {
  it.each([0, 1, -40, 3_600_000, -3_600_000, 6 * 3_600_000])('finds a capture %i ms from now', (away) => {
    expect(captureMs(stamp(NOW + away), NOW)).toBeCloseTo(NOW + away, 1)
  })

  it('holds where time stamps wrap', () => {
    const wrap = Math.ceil(NOW / (2 ** 32 / 90)) * (2 ** 32 / 90)
    for (const away of [-100, -1, 1, 100])
      expect(captureMs(stamp(wrap + away), wrap - 50)).toBeCloseTo(wrap + away, 1)
  })
})
