import { expect, test } from 'vitest'
import { arrange, bestColumns } from './grid'

test.each([
  [1, 1440, 900, 1],
  [2, 1440, 900, 2],
  [2, 1384, 900, 2],
  [4, 1440, 900, 2],
  [5, 1440, 900, 3],
  [8, 1384, 900, 3],
  [16, 3840, 2160, 4],
  [3, 500, 1200, 1],
  [2, 3440, 700, 2],
])('%d cameras on %d x %d take %d columns', (count, width, height, columns) => {
  expect(bestColumns(count, width, height)).toBe(columns)
})

test.each([
  ['auto', 6, 1440, 900, { columns: 3, rows: 2, tiles: 6, scrolls: false }],
  ['auto', 6, 360, 700, { columns: 1, rows: 6, tiles: 6, scrolls: true }],
  ['auto', 0, 1440, 900, { columns: 1, rows: 1, tiles: 1, scrolls: false }],
  ['3x3', 20, 1440, 900, { columns: 3, rows: 3, tiles: 9, scrolls: false }],
  ['1', 20, 360, 700, { columns: 1, rows: 1, tiles: 1, scrolls: false }],
] as const)('%s with %d cameras on %d x %d', (layout, cameras, width, height, expected) => {
  expect(arrange(layout, cameras, width, height)).toEqual(expected)
})
