import { expect, test } from 'vitest'
import { arrange, bestColumns, cells, LAYOUTS, neighbour, picture, tilesOf } from './grid'

test.each([
  [1, 1440, 900, 1],
  [2, 1440, 900, 2],
  [2, 1384, 900, 2],
  [4, 1440, 900, 2],
  [4, 1866, 835, 2],
  [3, 1866, 835, 3],
  [5, 1440, 900, 3],
  [8, 1384, 900, 3],
  [16, 3840, 2160, 4],
  [3, 500, 1200, 1],
  [2, 3440, 700, 2],
])('%d cameras on %d x %d take %d columns', (count, width, height, columns) => {
  expect(bestColumns(count, width, height)).toBe(columns)
})

test.each([
  ['auto', 6, 1440, 900, { columns: 3, rows: 2, tiles: 6, large: 1, scrolls: false }],
  ['auto', 6, 360, 700, { columns: 1, rows: 6, tiles: 6, large: 1, scrolls: true }],
  ['auto', 0, 1440, 900, { columns: 1, rows: 1, tiles: 1, large: 1, scrolls: false }],
  ['3x3', 20, 1440, 900, { columns: 3, rows: 3, tiles: 9, large: 1, scrolls: false }],
  ['1', 20, 360, 700, { columns: 1, rows: 1, tiles: 1, large: 1, scrolls: false }],
  ['1+5', 3, 1440, 900, { columns: 3, rows: 3, tiles: 6, large: 2, scrolls: false }],
  ['1+7', 3, 360, 700, { columns: 1, rows: 8, tiles: 8, large: 1, scrolls: true }],
  ['8x8', 3, 3840, 2160, { columns: 8, rows: 8, tiles: 64, large: 1, scrolls: false }],
] as const)('%s with %d cameras on %d x %d', (layout, cameras, width, height, expected) => {
  expect(arrange(layout, cameras, width, height)).toEqual(expected)
})

test('the places fill each layout', () => {
  for (const layout of LAYOUTS) {
    if (layout === 'auto') continue
    const { side, cells: all } = picture(layout)
    expect(all.length).toBe(tilesOf(layout, 0))
    expect(all.reduce((sum, { span }) => sum + span * span, 0)).toBe(side * side)
  }
})

test('around the large tile', () => {
  const places = cells({ columns: 3, tiles: 6, large: 2 }).map(({ column, row }) => [column, row])
  expect(places).toEqual([
    [0, 0],
    [2, 0],
    [2, 1],
    [0, 2],
    [1, 2],
    [2, 2],
  ])
})

const square = arrange('2x2', 4, 1440, 900)
const large = arrange('1+5', 6, 1440, 900)

test.each([
  [square, 0, 'ArrowRight', 1],
  [square, 0, 'ArrowDown', 2],
  [square, 0, 'ArrowLeft', null],
  [square, 3, 'ArrowUp', 1],
  [square, 3, 'x', null],
  [square, 9, 'ArrowUp', null],
  [large, 0, 'ArrowRight', 1],
  [large, 0, 'ArrowDown', 3],
  [large, 3, 'ArrowUp', 0],
  [large, 2, 'ArrowLeft', 0],
  [large, 5, 'ArrowUp', 2],
] as const)('%# from %d by %s', (grid, from, key, to) => {
  expect(neighbour(grid, from, key)).toBe(to)
})
