import { expect, test } from 'vitest'
import { MasterClock } from './clock'

function made(at: number) {
  const steady = { now: 5_000 }
  return { steady, clock: new MasterClock(at, () => steady.now) }
}

test('stands until it runs, and goes on from where it was held', () => {
  const { steady, clock } = made(1_000)
  steady.now += 300
  expect(clock.at()).toBe(1_000)
  clock.run()
  steady.now += 250
  expect(clock.at()).toBe(1_250)
  clock.run()
  expect(clock.at()).toBe(1_250)
  clock.hold()
  steady.now += 9_000
  expect(clock.at()).toBe(1_250)
  clock.run()
  steady.now += 50
  expect(clock.at()).toBe(1_300)
})

test.each([
  ['faster', 8, 1_800],
  ['slower', 0.125, 1_012.5],
  ['backwards', -2, 800],
])('%s', (_, rate, expected) => {
  const { steady, clock } = made(1_000)
  clock.setRate(rate)
  clock.run()
  steady.now += 100
  expect(clock.at()).toBe(expected)
})

test('another speed counts from now on', () => {
  const { steady, clock } = made(0)
  clock.run()
  steady.now += 100
  clock.setRate(4)
  steady.now += 100
  expect(clock.at()).toBe(500)
})

test('set while it runs, it runs on from there', () => {
  const { steady, clock } = made(0)
  clock.run()
  steady.now += 100
  clock.set(70_000)
  steady.now += 100
  expect(clock.at()).toBe(70_100)
})
