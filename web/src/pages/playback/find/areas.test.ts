import { describe, expect, test } from 'vitest'
import { added, between, byKey, fitted, LEAST, moved, regionOf, resized, tooSmall, type Area } from './areas'

const area: Area = { x: 0.2, y: 0.3, width: 0.4, height: 0.2 }

describe('an area', () => {
  test('is drawn from any corner, and ends at the edge of the picture', () => {
    const drawn = between({ x: 0.9, y: -0.5 }, { x: 1.4, y: 0.5 })
    expect(drawn.x).toBeCloseTo(0.9)
    expect([drawn.y, drawn.height]).toEqual([0, 0.5])
    expect(drawn.width).toBeCloseTo(0.1)
  })

  test('is none where the hand only slipped', () => {
    expect(tooSmall(between({ x: 0.5, y: 0.5 }, { x: 0.505, y: 0.9 }))).toBe(true)
    expect(tooSmall(area)).toBe(false)
  })

  test('stays on the picture when it is moved, and keeps its size', () => {
    expect(moved(area, 5, -5)).toEqual({ ...area, x: 0.6, y: 0 })
  })

  test('stays on the picture, and something, when it is sized', () => {
    expect(resized(area, 5, -5)).toEqual({ ...area, width: 0.8, height: LEAST })
  })

  test.each([
    ['ArrowRight', false, { ...area, x: 0.21 }],
    ['ArrowUp', false, { ...area, y: 0.29 }],
    ['ArrowRight', true, { ...area, width: 0.41 }],
    ['Enter', false, null],
  ] as const)('%s with shift %s', (key, shift, expected) => {
    const found = byKey(area, key, shift)
    if (expected === null) expect(found).toBeNull()
    else
      for (const side of ['x', 'y', 'width', 'height'] as const)
        expect(found?.[side]).toBeCloseTo(expected[side])
  })

  test('that is added does not lie on the last one', () => {
    expect(added([added([])])).not.toEqual(added([]))
  })
})

test('the region is the corners of all areas, and without any the whole picture', () => {
  expect(regionOf([])).toEqual([
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ],
  ])
  expect(regionOf([{ x: 1 / 3, y: 0.5, width: 2 / 3, height: 0.25 }])[0]).toEqual([
    [0.3333, 0.5],
    [1, 0.5],
    [1, 0.75],
    [0.3333, 0.75],
  ])
})

test.each([
  [
    { left: 0, top: 0, width: 200, height: 100 },
    160,
    90,
    { left: 11.11, top: 0, width: 177.78, height: 100 },
  ],
  [{ left: 10, top: 20, width: 160, height: 190 }, 160, 90, { left: 10, top: 70, width: 160, height: 90 }],
  [{ left: 0, top: 0, width: 200, height: 100 }, 0, 0, { left: 0, top: 0, width: 200, height: 100 }],
])('a picture is in the middle of its box', (box, wide, tall, expected) => {
  const found = fitted(box, wide, tall)
  for (const side of ['left', 'top', 'width', 'height'] as const)
    expect(found[side]).toBeCloseTo(expected[side], 1)
})
