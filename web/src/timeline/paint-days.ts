/** Draws the overview: a column per day, filled by how much of the day was recorded. */

import { causeLook } from './causes'
import type { DayCell } from './days'
import type { Palette } from './paint'
import { toX, type View } from './scale'

interface Ground {
  view: View
  width: number
  ratio: number
  top: number
  height: number
}

/** The days of one row. What is missing is a faint ground in the colour of what took most of it. */
export function drawDays(
  context: CanvasRenderingContext2D,
  palette: Palette,
  cells: readonly DayCell[],
  { view, width, ratio, top, height }: Ground,
  chosen: boolean,
): void {
  const pixel = 1 / ratio
  for (const cell of cells) {
    const from = snap(toX(view, cell.start), ratio)
    // A line between two days.
    const wide = snap(toX(view, cell.end), ratio) - from - Math.max(1, pixel)
    if (from + wide < 0 || from > width || wide <= 0) continue
    if (cell.percent === null) {
      // Nothing was to be recorded: neither full nor empty.
      context.fillStyle = palette.border
      context.fillRect(from, top + snap(height / 2, ratio), wide, pixel)
      continue
    }
    const look = causeLook(cell.cause ?? '')
    const missing = cell.percent < 100
    if (missing) {
      context.globalAlpha = look.alarming ? 0.28 : 0.16
      context.fillStyle = palette.cause(look)
      context.fillRect(from, top, wide, height)
      context.globalAlpha = 1
    }
    const full = snap((height * cell.percent) / 100, ratio)
    // Whatever is missing is seen, and so is whatever there is.
    const least = cell.recordedMs > 0 ? Math.max(1, pixel) : 0
    const most = missing ? height - Math.max(2, pixel) : height
    const tall = Math.min(most, Math.max(least, full))
    context.fillStyle = chosen ? palette.spanSelected : palette.span
    context.fillRect(from, top + height - tall, wide, tall)
    if (missing && look.alarming) {
      context.fillStyle = palette.cause(look)
      context.fillRect(from, top, wide, Math.max(1, pixel))
    }
  }
}

function snap(x: number, ratio: number): number {
  return Math.round(x * ratio) / ratio
}
