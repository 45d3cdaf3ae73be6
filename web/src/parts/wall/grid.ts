/** How many tiles, and how they are arranged. Pure. */

import type { Layout } from '@/api/walls'

export const LAYOUTS = ['auto', '1', '2x2', '3x3', '4x4', '6x6', '8x8', '1+5', '1+7'] as const
export const LAYOUT_WORDS: Record<Layout, string> = {
  auto: 'All that fit',
  '1': 'One',
  '2x2': '2 × 2',
  '3x3': '3 × 3',
  '4x4': '4 × 4',
  '6x6': '6 × 6',
  '8x8': '8 × 8',
  '1+5': 'One large and 5',
  '1+7': 'One large and 7',
}

/** Cells along a side, and how many of them the first tile takes. */
const FIXED: Record<Exclude<Layout, 'auto'>, { side: number; large: number }> = {
  '1': { side: 1, large: 1 },
  '2x2': { side: 2, large: 1 },
  '3x3': { side: 3, large: 1 },
  '4x4': { side: 4, large: 1 },
  '6x6': { side: 6, large: 1 },
  '8x8': { side: 8, large: 1 },
  '1+5': { side: 3, large: 2 },
  '1+7': { side: 4, large: 3 },
}

const PICTURE = 16 / 9
/** As many tiles as a wall can have. */
export const MOST_TILES = 64
// Below this a tile on a phone shows nothing; the grid then is one column that scrolls.
const NARROW_PX = 560

export interface Grid {
  columns: number
  rows: number
  /** Tiles on one page. */
  tiles: number
  /** Columns and rows that the first tile takes. */
  large: number
  /** Rows keep the picture's shape and the page scrolls, instead of filling the height. */
  scrolls: boolean
}

// A wall reads better without a hole in it, and wide than tall: for that, pictures may be so much smaller.
const LEAST_SIZE = 0.82

/** The columns that show `count` 16:9 pictures about as large as a box allows. */
export function bestColumns(count: number, width: number, height: number): number {
  const choices = Array.from({ length: Math.max(1, count) }, (_, i) => i + 1)
  const widths = choices.map((columns) =>
    Math.min(width / columns, (height / Math.ceil(count / columns)) * PICTURE),
  )
  const largest = Math.max(...widths)
  const good = choices.filter((_, i) => (widths[i] ?? 0) >= largest * LEAST_SIZE)
  // One empty place is no hole.
  const holes = good.map((columns) => Math.max(1, Math.ceil(count / columns) * columns - count))
  return good.findLast((_, i) => holes[i] === Math.min(...holes)) ?? 1
}

export function arrange(layout: Layout, cameras: number, width: number, height: number): Grid {
  const tiles = tilesOf(layout, cameras)
  if (width < NARROW_PX) return { columns: 1, rows: tiles, tiles, large: 1, scrolls: tiles > 1 }
  if (layout === 'auto') {
    const columns = bestColumns(tiles, width, height)
    return { columns, rows: Math.ceil(tiles / columns), tiles, large: 1, scrolls: false }
  }
  const { side, large } = FIXED[layout]
  return { columns: side, rows: side, tiles, large, scrolls: false }
}

/** Tiles on one page, whatever the screen. */
export function tilesOf(layout: Layout, cameras: number): number {
  if (layout === 'auto') return Math.max(1, Math.min(cameras, MOST_TILES))
  const { side, large } = FIXED[layout]
  return side * side - large * large + 1
}

export interface Cell {
  column: number
  row: number
  /** Columns and rows that it takes. */
  span: number
}

/** Where each place of a page is, as the browser lays them out: row by row around the large one. */
export function cells(grid: Pick<Grid, 'columns' | 'tiles' | 'large'>): Cell[] {
  const found: Cell[] = [{ column: 0, row: 0, span: grid.large }]
  for (let at = 0; found.length < grid.tiles; at += 1) {
    const column = at % grid.columns
    const row = Math.floor(at / grid.columns)
    if (column >= grid.large || row >= grid.large) found.push({ column, row, span: 1 })
  }
  return found
}

/** The little picture of a layout. */
export function picture(layout: Exclude<Layout, 'auto'>): { side: number; cells: Cell[] } {
  const { side, large } = FIXED[layout]
  return { side, cells: cells({ columns: side, tiles: tilesOf(layout, 0), large }) }
}

const STEPS: Partial<Record<string, [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** The place that an arrow key leads to; null at the edge and for other keys. */
export function neighbour(grid: Grid, from: number, key: string): number | null {
  const step = STEPS[key]
  const all = cells(grid)
  const here = all[from]
  if (!step || !here) return null
  const [x, y] = middle(here)
  let best: number | null = null
  let least = Infinity
  all.forEach((cell, place) => {
    const [across, down] = middle(cell)
    const ahead = (across - x) * step[0] + (down - y) * step[1]
    const aside = Math.abs((across - x) * step[1]) + Math.abs((down - y) * step[0])
    // Only what lies in this direction at all, and nearest to the line of sight.
    if (place === from || ahead < (here.span + cell.span) / 2 - 0.01) return
    if (ahead + 2 * aside < least) {
      least = ahead + 2 * aside
      best = place
    }
  })
  return best
}

function middle({ column, row, span }: Cell): [number, number] {
  return [column + span / 2, row + span / 2]
}
