import { describe, expect, test } from 'vitest'
import { correction, flowLimit, Smoothed, type Correction, type Offset } from './correction'

const AT_EASE: Offset = { offMs: 0, rate: 1, waits: false, soughtMs: 60_000, seekMs: 150, heard: false }

const flow = (rate: number): Correction => ({ kind: 'flow', rate })
const wait: Correction = { kind: 'wait' }
const seek = (aheadMs: number): Correction => ({ kind: 'seek', aheadMs })

test.each<[string, Partial<Offset>, Correction]>([
  ['in step', {}, flow(1)],
  ['a hair ahead', { offMs: 3 }, flow(1)],
  ['half a frame ahead', { offMs: 20 }, flow(0.97)],
  ['half a frame behind', { offMs: -20 }, flow(1.03)],
  ['some frames behind', { offMs: -140 }, flow(1.2)],
  ['never nudged by more than a quarter', { offMs: -390 }, flow(1.25)],
  ['nor by much while it is heard', { offMs: -390, heard: true }, flow(1.06)],
  ['well ahead it stands', { offMs: 121 }, wait],
  ['and stands until the clock is there', { offMs: 40, waits: true }, wait],
  ['then it goes on', { offMs: 14, waits: true }, flow(0.98)],
  ['hours ahead', { offMs: 7_200_000 }, wait],
  ['far behind it is put ahead by what a seek takes', { offMs: -401 }, seek(180)],
  ['after the last seek it plays for a while', { offMs: -900, soughtMs: 500 }, flow(1.25)],
  ['a quick one', { offMs: -500, seekMs: 0 }, seek(60)],
  ['a slow one', { offMs: -90_000, seekMs: 9_000 }, seek(2_000)],
  ['at 4x the same offset is a quarter of the time', { offMs: -80, rate: 4 }, flow(4.12)],
  ['at 4x far is farther', { offMs: -1_500, rate: 4 }, flow(5)],
  ['at 4x a seek has to lead by more', { offMs: -2_000, rate: 4 }, seek(720)],
  ['slowed down it is as exact', { offMs: -20, rate: 0.125 }, flow(0.125 * 1.03)],
])('%s', (_, change, expected) => {
  expect(correction({ ...AT_EASE, ...change })).toEqual(expected)
})

test.each([
  ['always behind a little', -35],
  ['always ahead a little', 90],
])('an offset dies away: %s', (_, offMs) => {
  let off = offMs
  for (let beat = 0; beat < 60; beat += 1) {
    const found = correction({ ...AT_EASE, offMs: off })
    if (found.kind === 'flow') off += (found.rate - 1) * 50
  }
  expect(Math.abs(off)).toBeLessThan(8)
})

test.each([
  [1, 8],
  [4, 8],
  [9, 32 / 9],
  [16, 2],
  [64, 1],
])('%i cameras flow at up to %f', (cameras, most) => {
  expect(flowLimit(cameras)).toBe(most)
})

describe('a smoothed offset', () => {
  test('follows slowly, jumps at once', () => {
    const smoothed = new Smoothed(0.5)
    expect(smoothed.add(10)).toBe(10)
    expect(smoothed.add(20)).toBe(15)
    expect(smoothed.add(400)).toBe(400)
    smoothed.forget()
    expect(smoothed.add(0)).toBe(0)
  })
})
