import { expect, test } from 'vitest'
import { offered, withPlace } from './left'

const T = 1_795_000_000_000

test('a place is remembered for each camera, the newest last', () => {
  const left = withPlace(withPlace({ gate: T }, 'yard', T + 1), 'gate', T + 2.4)
  expect(Object.entries(left)).toEqual([
    ['yard', T + 1],
    ['gate', T + 2],
  ])
  let many = {}
  for (let i = 0; i < 80; i += 1) many = withPlace(many, `cam-${i}`, T)
  expect(Object.keys(many)).toHaveLength(50)
  expect(Object.keys(many)).toContain('cam-79')
})

test.each([
  ['far from where it begins', { gate: T }, T + 3_600_000, T],
  ['where it begins anyway', { gate: T }, T + 60_000, null],
  ['of another camera', { yard: T }, T + 3_600_000, null],
  ['damaged', { gate: null as unknown as number }, T, null],
])('%s', (_, left, begins, expected) => {
  expect(offered(left as Record<string, number>, 'gate', begins)).toBe(expected)
})
