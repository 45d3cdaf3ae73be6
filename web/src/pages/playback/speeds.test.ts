import { expect, test } from 'vitest'
import { nextSpeed, shuttle, speedName } from './speeds'

test.each([
  [1, false, 1, 1],
  [1, true, 1, 2],
  [2, true, 1, 4],
  [16, true, 1, 32],
  [32, true, 1, 32],
  [4, true, -1, -1],
  [-1, true, -1, -2],
  [-8, true, 1, 1],
  [0.5, true, 1, 1],
] as const)('rate %d, playing %s, direction %d becomes %d', (rate, playing, direction, expected) => {
  expect(shuttle(rate, playing, direction)).toBe(expected)
})

test.each([
  [1, 1, 2],
  [1, -1, 0.5],
  [0.125, -1, 0.125],
  [32, 1, 32],
  [-2, 1, -4],
  [-2, -1, -1],
] as const)('from %d by %d to %d', (rate, change, expected) => {
  expect(nextSpeed(rate, change)).toBe(expected)
})

test.each([
  [1, '1×'],
  [0.125, '1/8×'],
  [-0.5, '−1/2×'],
  [-32, '−32×'],
])('%d is called %s', (rate, name) => expect(speedName(rate)).toBe(name))
