import { describe, expect, test } from 'vitest'
import { FootageMap } from './footage-map'

// Ten seconds, a rounding error of 40 ms, ten seconds, a gap of a minute, ten seconds.
const T = 1_795_000_000_000
const map = new FootageMap([
  { mediaS: 0, durationS: 10, wallMs: T },
  { mediaS: 10, durationS: 10, wallMs: T + 10_040 },
  { mediaS: 20, durationS: 10, wallMs: T + 80_040 },
])

describe('wall clock to media', () => {
  test.each([
    ['the beginning', 0, { kind: 'footage', mediaS: 0 }],
    ['inside', 4_500, { kind: 'footage', mediaS: 4.5 }],
    ['in the rounding between two pieces', 10_020, { kind: 'footage', mediaS: 10 }],
    ['the second piece', 10_040, { kind: 'footage', mediaS: 10 }],
    ['after the gap', 85_040, { kind: 'footage', mediaS: 25 }],
    ['a hair before the footage', 79_700, { kind: 'footage', mediaS: 20 }],
    ['in the gap', 40_000, { kind: 'gap', previousEnd: T + 20_040, next: T + 80_040 }],
    ['before everything', -60_000, { kind: 'gap', previousEnd: null, next: T }],
    ['after everything', 100_000, { kind: 'gap', previousEnd: T + 90_040, next: null }],
  ])('%s', (_, offset, expected) => {
    expect(map.place(T + offset)).toEqual(expected)
  })
})

describe('media to wall clock', () => {
  test.each([
    [0, 0],
    [4.5, 4_500],
    [10, 10_040],
    [19.999, 20_039],
    [20, 80_040],
    [31, 90_040],
    [-1, 0],
  ])('%d s', (mediaS, offset) => {
    expect(map.toWall(mediaS)).toBeCloseTo(T + offset, 0)
  })
})

describe('aiming at the middle of a frame', () => {
  test.each([
    ['inside', 4_520, 4.54],
    ['a rounding before a frame that begins at 4.52', 4_519.4, 4.5394],
    ['the first frame of the second piece', 10_040, 10.02],
    ['the last frame before a joined piece', 9_990, 10.01],
    ['the last frame before a gap', 20_030, 19.999],
    ['the first frame after the gap', 80_040, 20.02],
    ['a hair before it', 79_700, 20.02],
    ['the very last frame', 90_039.9, 29.999],
    ['in the gap', 40_000, null],
  ])('%s', (_, offset, expected) => {
    const found = map.aim(T + offset, 0.04)
    if (expected === null) expect(found).toBeNull()
    else expect(found).toBeCloseTo(expected, 4)
  })
})

test('there and back is the same instant', () => {
  for (let offset = 0; offset < 10_000; offset += 40) {
    const place = map.place(T + offset)
    if (place.kind === 'footage') expect(map.toWall(place.mediaS)).toBeCloseTo(T + offset, 3)
  }
})

test('an empty playlist has neither', () => {
  const empty = new FootageMap([])
  expect(empty.toWall(0)).toBeNull()
  expect(empty.place(T)).toEqual({ kind: 'gap', previousEnd: null, next: null })
})
