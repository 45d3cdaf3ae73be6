/** How many tiles, and how they are arranged. */

export const LAYOUTS = ['auto', '1', '2x2', '3x3', '4x4'] as const
export type Layout = (typeof LAYOUTS)[number]

const FIXED: Record<Exclude<Layout, 'auto'>, number> = { '1': 1, '2x2': 2, '3x3': 3, '4x4': 4 }
const PICTURE = 16 / 9
const MOST_AUTO = 36
// Below this a tile on a phone shows nothing; the grid then scrolls.
const NARROW_PX = 560

export interface Grid {
  columns: number
  rows: number
  /** Tiles on one page. */
  tiles: number
  /** Rows keep the picture's shape and the page scrolls, instead of filling the height. */
  scrolls: boolean
}

// A wall reads better wide than tall: that much smaller pictures are taken for another column.
const WIDE_BIAS = 0.82

/** The columns that show `count` 16:9 pictures about as large as a box allows. */
export function bestColumns(count: number, width: number, height: number): number {
  const choices = Array.from({ length: Math.max(1, count) }, (_, i) => i + 1)
  const widths = choices.map((columns) =>
    Math.min(width / columns, (height / Math.ceil(count / columns)) * PICTURE),
  )
  const largest = Math.max(...widths)
  return choices.findLast((_, i) => (widths[i] ?? 0) >= largest * WIDE_BIAS) ?? 1
}

export function arrange(layout: Layout, cameras: number, width: number, height: number): Grid {
  if (layout === 'auto') {
    const tiles = Math.max(1, Math.min(cameras, MOST_AUTO))
    if (width < NARROW_PX) {
      const columns = tiles > 8 ? 2 : 1
      return { columns, rows: Math.ceil(tiles / columns), tiles, scrolls: tiles > 1 }
    }
    const columns = bestColumns(tiles, width, height)
    return { columns, rows: Math.ceil(tiles / columns), tiles, scrolls: false }
  }
  const side = FIXED[layout]
  return { columns: side, rows: side, tiles: side * side, scrolls: width < NARROW_PX && side > 1 }
}
