import { expect, test } from 'vitest'
import { BEGIN, isBad, next, says, type Degrading, type Load } from './degrade'

const GOOD: Load = { frames: 10, dropped: 0, stalls: 0, lagMs: 3 }
const DROPS: Load = { ...GOOD, dropped: 5 }
const CAN = { keys: true }

function after(from: Degrading, load: Load, seconds: number, can = CAN): Degrading {
  let now = from
  for (let i = 0; i < seconds; i += 1) now = next(now, load, can)
  return now
}

test.each([
  [GOOD, false],
  [{ ...GOOD, dropped: 1 }, false],
  [{ ...GOOD, frames: 100, dropped: 25 }, false],
  [DROPS, true],
  [{ ...GOOD, frames: 0, dropped: 3 }, true],
  [{ ...GOOD, stalls: 1 }, false],
  [{ ...GOOD, stalls: 2 }, true],
  [{ ...GOOD, lagMs: 550 }, false],
  [{ ...GOOD, lagMs: 900 }, true],
])('a second with %o is bad: %s', (load, bad) => expect(isBad(load)).toBe(bad))

test('a good tile shows all for ever', () => expect(after(BEGIN, GOOD, 1000).step).toBe('all'))

test('beginning is not held against it, and one hiccup is none', () => {
  expect(after(BEGIN, DROPS, 5).step).toBe('all')
  const settled = after(BEGIN, GOOD, 20)
  expect(after(after(settled, DROPS, 3), GOOD, 20).step).toBe('all')
})

test('what goes on goes down, step by step and no further', () => {
  const settled = after(BEGIN, GOOD, 20)
  expect(after(settled, DROPS, 4).step).toBe('all')
  const keys = after(settled, DROPS, 5)
  expect(keys.step).toBe('keys')
  expect(after(keys, DROPS, 9).step).toBe('keys')
  expect(after(keys, DROPS, 10).step).toBe('stills')
  expect(after(keys, DROPS, 500).step).toBe('stills')
})

test('without a decoder for single pictures it is stills at once', () => {
  const stills = after(after(BEGIN, GOOD, 20), DROPS, 5, { keys: false })
  expect(stills.step).toBe('stills')
  expect(after(stills, GOOD, 60, { keys: false }).step).toBe('all')
})

test('a calm minute goes up again; too early is longer the next time', () => {
  const keys = after(after(BEGIN, GOOD, 20), DROPS, 5)
  expect(after(keys, GOOD, 59).step).toBe('keys')
  const tried = after(keys, GOOD, 60)
  expect(tried.step).toBe('all')
  const again = after(tried, DROPS, 20)
  const fallen = after(tried, DROPS, 10)
  expect(fallen.step).toBe('keys')
  expect(again.step).toBe('stills')
  expect(after(fallen, GOOD, 119).step).toBe('keys')
  expect(after(fallen, GOOD, 120).step).toBe('all')
})

test('one bad second begins the calm minute anew', () => {
  const keys = after(after(BEGIN, GOOD, 20), DROPS, 5)
  const disturbed = after(after(keys, GOOD, 50), DROPS, 1)
  expect(after(disturbed, GOOD, 59).step).toBe('keys')
  expect(after(disturbed, GOOD, 60).step).toBe('all')
})

test('it says so', () => {
  expect(says('all')).toBe('')
  expect(says('keys')).toContain('key frames only')
  expect(says('stills')).toContain('stills only')
})
