import { expect, test } from 'vitest'
import { WallClock } from './wall-clock'

test('each stretch of media has its own wall clock', () => {
  const clock = new WallClock()
  expect(clock.at(0)).toBeNull()
  clock.add(10, 1_000_000)
  clock.add(10.5, 1_000_500)
  // A new run after a minute without footage follows without a hole in the media.
  clock.add(11, 1_061_000)
  expect(clock.at(9)).toBeNull()
  expect(clock.at(10.25)).toBe(1_000_250)
  expect(clock.at(10.9)).toBeCloseTo(1_000_900)
  expect(clock.at(11.2)).toBeCloseTo(1_061_200)
  clock.trim(10.9)
  expect(clock.at(10.2)).toBeNull()
  expect(clock.at(10.6)).toBeCloseTo(1_000_600)
})
