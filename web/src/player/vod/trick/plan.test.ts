import { describe, expect, test } from 'vitest'
import { held, headsOnly, keptSize, nextTarget, stepOf } from './plan'

test('at most a dozen pictures a second', () => {
  expect(stepOf(12)).toBe(1)
  expect(stepOf(-24)).toBe(2)
})

describe('only first pictures are fetched', () => {
  test.each([
    ['at 32x, where they are as many as are shown', 32, 4, 4e6, 1e9, true],
    ['backwards, too', -32, 4, 4e6, 1e9, true],
    ['not at 8x over a fast line', 8, 4, 4e6, 1e9, false],
    ['at 8x over a slow line', -8, 4, 4e6, 20e6, true],
    ['not at 1x over that line', -1, 4, 4e6, 20e6, false],
    ['not at 8x before anything is known', 8, 4, null, null, false],
    ['at 16x before anything is known', 16, 4, null, null, true],
  ])('%s', (_, rate, entryS, bits, line, expected) =>
    expect(headsOnly(rate, entryS, bits, line)).toBe(expected),
  )
})

describe('decoded pictures', () => {
  test('are whole where there is room', () =>
    expect(keptSize(640, 360, 50)).toEqual({ width: 640, height: 360 }))
  test('are smaller where there is none', () => {
    const { width, height } = keptSize(3840, 2160, 50)
    expect(width * height * 4 * 100).toBeLessThanOrEqual(161 * 1024 * 1024)
    expect(width / height).toBeCloseTo(16 / 9, 1)
  })
  test('are never tiny', () => expect(keptSize(1920, 1080, 10_000).width).toBe(320))
})

describe('the next key frame', () => {
  test.each([
    ['a step on', 100, 100, 12, 0, 101],
    ['a step back', 100, 100, -12, 0, 99],
    ['ahead of a clock that has run away', 100, 110, 12, 0.5, 116],
    ['and of one that runs backwards', 100, 90, -12, 0.5, 84],
  ])('%s', (_, last, clock, rate, takes, expected) =>
    expect(nextTarget(last, clock, rate, takes)).toBe(expected),
  )
})

describe('a speed is held', () => {
  test.each([
    ['all of it', { elapsedS: 2, mediaS: 16, pictures: 80 }, 8, 25, true],
    ['footage stays behind', { elapsedS: 2, mediaS: 11, pictures: 80 }, 8, 25, false],
    ['hardly a picture', { elapsedS: 2, mediaS: 16, pictures: 6 }, 8, 25, false],
    ['a camera of one picture a second', { elapsedS: 2, mediaS: 8, pictures: 7 }, 4, 1, true],
  ])('%s', (_, window_, rate, fps, expected) => expect(held(window_, rate, fps)).toBe(expected))
})
