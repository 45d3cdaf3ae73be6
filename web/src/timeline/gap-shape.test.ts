import { expect, test } from 'vitest'
import { gapShape } from './gap-shape'

test.each([1, 2, 3])('a gap takes no more of the bar than it lasted, on a screen of ratio %d', (ratio) => {
  for (const lasted of [0.001, 0.4, 1, 1.7, 4, 60])
    for (const from of [10, 10.3, 10.5, 10.9]) {
      const { x, width } = gapShape(from, from + lasted, ratio, true)
      expect(Math.abs(x - from)).toBeLessThanOrEqual(0.5 / ratio + 1e-9)
      expect(width).toBeLessThanOrEqual(lasted + 1 / ratio + 1e-9)
      expect(width).toBeGreaterThanOrEqual(1 / ratio)
    }
})

test('a second of a day is a faint hairline with a mark, not a minute', () => {
  const shape = gapShape(100.2, 100.2 + 1 / 60, 1, true)
  expect(shape).toMatchObject({ width: 1, hatched: false, strength: 0.45 })
  expect(shape.mark).toBeCloseTo(100.2, 1)
})

test('what is seen without a mark has none', () => {
  expect(gapShape(10, 13, 1, true)).toEqual({ x: 10, width: 3, hatched: false, strength: 1, mark: null })
  expect(gapShape(10, 16, 1, true)).toEqual({ x: 10, width: 6, hatched: true, strength: 1, mark: null })
})

test('what is as planned is not pointed at', () => {
  expect(gapShape(10, 10.1, 1, false).mark).toBeNull()
})
