import { expect, test } from 'vitest'
import { Uplink } from './uplink'

/** Four seconds of 4 Mbit/s (main) or 0.4 Mbit/s (sub), over a line of so many Mbit/s. */
function piece(stream: 'main' | 'sub', line: number, part = 1) {
  const ofBytes = stream === 'main' ? 2_000_000 : 200_000
  const bytes = ofBytes * part
  return { bytes, ms: (bytes * 8) / (line * 1000), ofBytes, durationS: 4, whole: part === 1 }
}

test('over a good line main stays', () => {
  const uplink = new Uplink()
  for (let i = 0; i < 5; i += 1) expect(uplink.take('main', piece('main', 20), 1)).toBeNull()
  expect(uplink.bitsPerS).toBeCloseTo(20e6, -5)
})

test('over a thin line the sub-stream is taken', () => {
  expect(new Uplink().take('main', piece('main', 3), 1)).toBe('sub')
})

test('also before the first piece is there', () => {
  const uplink = new Uplink()
  expect(uplink.take('main', piece('main', 1, 0.05), 1)).toBeNull()
  expect(uplink.take('main', piece('main', 1, 0.2), 1)).toBe('sub')
})

test('twice as fast wants twice as much', () => {
  expect(new Uplink().take('main', piece('main', 8), 1)).toBeNull()
  expect(new Uplink().take('main', piece('main', 8), 2)).toBe('sub')
})

test('it goes back to main after a while of plenty, and not before', () => {
  const uplink = new Uplink()
  uplink.take('main', piece('main', 2), 1)
  const taken = Array.from({ length: 9 }, () => uplink.take('sub', piece('sub', 40), 1))
  expect(taken.indexOf('main')).toBeGreaterThan(2)
  const other = new Uplink()
  other.take('main', piece('main', 2), 1)
  for (let i = 0; i < 20; i += 1) expect(other.take('sub', piece('sub', 6), 1)).toBeNull()
})
