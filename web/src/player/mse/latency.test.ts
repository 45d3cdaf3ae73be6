import { expect, test } from 'vitest'
import { CALM_TARGET_S, LatencyControl } from './latency'

/** One that is past its start. */
function settled(): LatencyControl {
  const control = new LatencyControl()
  control.next(0.2, -5_000)
  return control
}

/** Runs `seconds` of a saw: every half second a part comes, in between the buffer drains down to `low`. */
function saw(control: LatencyControl, low: number, seconds: number) {
  let last = { rate: 1, skipS: 0 }
  for (let ms = 0; ms <= seconds * 1000; ms += 100) {
    last = control.next(low + 0.4 - (ms % 500) / 1000, ms)
    if (last.skipS) return last
  }
  return last
}

test.each([
  ['at the target', CALM_TARGET_S, { rate: 1, skipS: 0 }],
  ['a little late', CALM_TARGET_S + 0.1, { rate: 1.03, skipS: 0 }],
  ['late', CALM_TARGET_S + 0.6, { rate: 1.1, skipS: 0 }],
])('%s', (_, low, expected) => {
  expect(saw(settled(), low, 3)).toEqual(expected)
})

test('the burst at the start is skipped, but for what the next part needs', () => {
  expect(new LatencyControl().next(2.4, 0).skipS).toBeCloseTo(2.4 - CALM_TARGET_S - 0.6)
  expect(new LatencyControl().next(0.7, 0).skipS).toBe(0)
})

test('where single frames come, less is left of it', () => {
  const control = new LatencyControl()
  for (let frame = 0; frame < 10; frame += 1) control.came(frame * 0.04)
  expect(control.next(2.4, 0).skipS).toBeCloseTo(2.4 - CALM_TARGET_S - 0.14)
})

test('far behind jumps to just above the target', () => {
  const control = settled()
  const { skipS } = saw(control, 2, 3)
  expect(skipS).toBeGreaterThan(1.5)
  expect(skipS).toBeLessThan(2.2)
  expect(control.next(30, 10_000).skipS).toBeCloseTo(30 - CALM_TARGET_S - 0.5)
})

test('stalls move the target away from the edge, calm brings it back', () => {
  const control = settled()
  for (let i = 0; i < 20; i += 1) control.stalled(0)
  expect(control.targetS).toBe(1)
  control.next(1, 21_000)
  expect(control.targetS).toBeCloseTo(0.85)
  for (let ms = 21_000; ms < 400_000; ms += 1_000) control.next(1, ms)
  expect(control.targetS).toBe(CALM_TARGET_S)
})

test('what is wanted may change while it plays', () => {
  let calmS = 0.3
  const control = new LatencyControl(() => calmS)
  control.stalled(0)
  expect(control.targetS).toBeCloseTo(0.3)
  control.next(0.3, -5_000)
  control.stalled(0)
  calmS = 0.5
  expect(control.targetS).toBeCloseTo(0.65)
})
