import { expect, test } from 'vitest'
import { ServerClock } from './server-clock'

test('without a word from the server its clock is taken for ours', () =>
  expect(new ServerClock().at(5_000)).toBe(5_000))

test('an answer is as old as half of its way', () => {
  const clock = new ServerClock()
  clock.heard(2_520, 2_040, 2_000)
  expect(clock.at(2_040)).toBe(2_540)
})

test('the answer that was fastest is believed, but not for ever', () => {
  const clock = new ServerClock()
  clock.heard(1_000, 0)
  clock.heard(1_110, 100, 80)
  expect(clock.at(100)).toBe(1_120)
  clock.heard(9_000, 200)
  clock.heard(9_000, 2_000, 1_000)
  expect(clock.at(200)).toBe(1_220)
  clock.heard(700_000, 800_000, 799_000)
  expect(clock.at(800_000)).toBe(700_500)
})

test('nonsense changes nothing', () => {
  const clock = new ServerClock()
  clock.heard(NaN, 1_000, 990)
  expect(clock.at(1_000)).toBe(1_000)
})
