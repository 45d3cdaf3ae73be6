import { expect, test } from 'vitest'
import { MOST, panned, transformOf, WHOLE, zoomedAt } from './zoom'

test('what is under the pointer stays there', () => {
  const twice = zoomedAt(WHOLE, 2, 0.25, 0.5)
  expect(twice).toEqual({ scale: 2, x: -0.25, y: -0.5 })
  // The point of the picture at 0.25 is at -0.25 + 2 * 0.25 of the tile.
  const more = zoomedAt(twice, 2, 0.5, 0.5)
  expect(more.scale).toBe(4)
  expect((0.5 - more.x) / more.scale).toBeCloseTo((0.5 - twice.x) / twice.scale)
})

test.each([
  [100, 5, MOST],
  [0.5, 0.5, 1],
  [1.01, 0.5, 1],
])('%d times larger is %d .. %d', (factor, _, scale) =>
  expect(zoomedAt(WHOLE, factor, 0.5, 0.5).scale).toBe(scale),
)

test('the picture is not moved over its edge', () => {
  const twice = zoomedAt(WHOLE, 2, 0.5, 0.5)
  expect(panned(twice, 5, -5)).toEqual({ scale: 2, x: 0, y: -1 })
  expect(panned(WHOLE, 0.3, 0.3)).toEqual(WHOLE)
  expect(zoomedAt(panned(twice, 5, 5), 0.5, 0.9, 0.9)).toEqual(WHOLE)
})

test('the whole picture is not transformed', () => {
  expect(transformOf(WHOLE)).toBeUndefined()
  expect(transformOf({ scale: 2, x: -0.5, y: 0 })).toBe('translate(-50%, 0%) scale(2)')
})
