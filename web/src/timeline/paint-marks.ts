/** Draws marks: bookmarks as flags, events as diamonds, what was found as dots, in and out as brackets. */

import type { MarkKind, PlacedMark } from './marks'
import type { Palette } from './paint'

const OUTLINE_PX = 1.5
const FLAG_PX = 8

/** Where marks are drawn: the rows with their heights, or the ruler with one row. */
interface Ground {
  ratio: number
  width: number
  rowPx: number
  /** The height of all rows. */
  height: number
}

/** The marks of the rows, with a line along the row for those that last. */
export function drawMarks(
  context: CanvasRenderingContext2D,
  palette: Palette,
  placed: readonly PlacedMark[],
  ground: Ground,
): void {
  range(context, palette, placed, ground)
  for (const one of placed) if (one.row !== null) lasting(context, palette, one, ground)
  for (const one of placed) {
    const top = one.row === null ? 0 : one.row * ground.rowPx
    if (one.kind === 'in' || one.kind === 'out') bracket(context, palette, one, ground)
    else if (one.x >= -FLAG_PX && one.x <= ground.width + FLAG_PX)
      shape(
        context,
        palette,
        one.kind,
        one.x,
        top,
        one.row === null ? ground.height : ground.rowPx,
        ground.ratio,
      )
  }
}

/** In and out, and marks of all rows, in the ruler. */
export function drawRulerMarks(
  context: CanvasRenderingContext2D,
  palette: Palette,
  placed: readonly PlacedMark[],
  ground: Ground,
): void {
  const across = placed.filter((one) => one.row === null)
  range(context, palette, across, ground)
  for (const one of across) {
    if (one.kind === 'in' || one.kind === 'out') bracket(context, palette, one, ground)
    else {
      const x = snap(one.x, ground.ratio)
      context.fillStyle = palette.mark(one.kind)
      context.fillRect(x, ground.height - 6, Math.max(1, 1 / ground.ratio), 6)
    }
  }
}

/** The ground between in and out. */
function range(
  context: CanvasRenderingContext2D,
  palette: Palette,
  placed: readonly PlacedMark[],
  { width, height, ratio }: Ground,
): void {
  const from = placed.find(({ kind }) => kind === 'in')
  const to = placed.find(({ kind }) => kind === 'out')
  if (!from && !to) return
  const left = from ? snap(Math.max(0, from.x), ratio) : 0
  const right = to ? snap(Math.min(width, to.x), ratio) : width
  if (!from || !to || right <= left) return
  context.fillStyle = palette.selected
  context.fillRect(left, 0, right - left, height)
}

function lasting(
  context: CanvasRenderingContext2D,
  palette: Palette,
  one: PlacedMark,
  { ratio, rowPx, width }: Ground,
): void {
  const from = snap(Math.max(-1, one.x), ratio)
  const to = snap(Math.min(width + 1, one.endX), ratio)
  if (to - from < 2) return
  context.fillStyle = palette.mark(one.kind)
  context.fillRect(from, (one.row ?? 0) * rowPx + 2, to - from, 2)
}

function bracket(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { kind, x }: PlacedMark,
  { height, ratio }: Ground,
): void {
  const at = snap(x, ratio)
  const foot = kind === 'in' ? 0 : -5
  context.fillStyle = palette.mark(kind)
  context.fillRect(at - (kind === 'in' ? 0 : 2), 0, 2, height)
  context.fillRect(at + foot, 0, 5, 2)
  context.fillRect(at + foot, height - 2, 5, 2)
}

function shape(
  context: CanvasRenderingContext2D,
  palette: Palette,
  kind: MarkKind,
  atX: number,
  top: number,
  height: number,
  ratio: number,
): void {
  const x = snap(atX, ratio)
  context.beginPath()
  if (kind === 'bookmark') {
    // A pole with a pennant, which points on in time.
    context.moveTo(x - 0.5, top + height - 4)
    context.lineTo(x - 0.5, top + 2)
    context.lineTo(x + FLAG_PX, top + 2 + FLAG_PX / 2)
    context.lineTo(x + 1, top + 2 + FLAG_PX)
    context.lineTo(x + 1, top + height - 4)
    context.closePath()
  } else if (kind === 'event') {
    const middle = top + 8
    context.moveTo(x, middle - 5.5)
    context.lineTo(x + 5.5, middle)
    context.lineTo(x, middle + 5.5)
    context.lineTo(x - 5.5, middle)
    context.closePath()
  } else {
    context.arc(x, top + 8, 4.5, 0, 2 * Math.PI)
  }
  // The outline keeps it apart from the bar below it, whatever the theme.
  context.lineWidth = 2 * OUTLINE_PX
  context.lineJoin = 'round'
  context.strokeStyle = palette.background
  context.stroke()
  context.fillStyle = palette.mark(kind)
  context.fill()
}

function snap(x: number, ratio: number): number {
  return Math.round(x * ratio) / ratio
}
