import { describe, expect, test } from 'vitest'
import type { Previews } from '@/api/types'
import { listingOf, placeOf, sheetAt, stepFor } from './find'

const T0 = Date.UTC(2026, 10, 21, 12)
const at = (ms: number) => new Date(T0 + ms).toISOString()

const previews: Previews = {
  camera_id: 'c',
  stream: 'sub',
  step_ms: 10_000,
  width: 160,
  columns: 10,
  sheets: [
    { url: 'a', start: at(3_000), end: at(123_000), first: at(0), count: 13 },
    { url: 'b', start: at(123_000), end: at(140_000), first: at(120_000), count: 2 },
  ],
}

describe('the step', () => {
  test.each([
    [1, 2_000],
    [2_000, 2_000],
    [6_000, 10_000],
    [72_000, 60_000],
  ])('%d ms a pixel: %d', (msPerPx, step) => expect(stepFor(msPerPx)).toBe(step))
})

test('a listing is a fixed stretch that has the instant', () => {
  for (const step of [2_000, 10_000, 60_000] as const) {
    const { start, end } = listingOf(T0 + 1, step)
    expect(start).toBeLessThanOrEqual(T0 + 1)
    expect(end).toBeGreaterThan(T0 + 1)
    expect(listingOf(end, step).start).toBe(end)
  }
})

test('the sheet is that of the file which has the instant', () => {
  expect(sheetAt(previews, T0 + 2_999)).toBeNull()
  expect(sheetAt(previews, T0 + 122_999)?.url).toBe('a')
  expect(sheetAt(previews, T0 + 123_000)?.url).toBe('b')
  expect(sheetAt(previews, T0 + 140_000)).toBeNull()
})

test('the place is counted from the first slot of the clock, row by row', () => {
  const [a, b] = previews.sheets
  if (!a || !b) throw new Error('two sheets')
  const size = { width: 1600, height: 180 }
  expect(placeOf(previews, a, T0 + 9_999, size)).toEqual({ x: 0, y: 0, width: 160, height: 90 })
  expect(placeOf(previews, a, T0 + 119_000, size)).toEqual({ x: 160, y: 90, width: 160, height: 90 })
  expect(placeOf(previews, b, T0 + 135_000, { width: 320, height: 90 })).toEqual({
    x: 160,
    y: 0,
    width: 160,
    height: 90,
  })
})
