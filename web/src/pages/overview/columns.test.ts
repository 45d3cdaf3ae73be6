import { expect, test } from 'vitest'
import { columns } from './columns'

// [cards, width of the list, columns]
test.each([
  [4, 900, 2],
  [3, 900, 3],
  [5, 900, 3],
  [6, 900, 3],
  [1, 900, 2],
  [2, 900, 2],
  [4, 1200, 4],
  [9, 2400, 5],
  [16, 2400, 8],
  [4, 320, 1],
  [1, 320, 1],
  [4, 100, 1],
])('%d cards in %d px', (cards, width, expected) => {
  expect(columns(cards, width)).toBe(expected)
})

test('not before the width is known', () => {
  expect(columns(4, 0)).toBeNull()
})
