/** Draws the timeline. Takes everything it needs as arguments and keeps only its patterns. */

import { clockTime, dayName } from '@/words/format'
import { clockChanges, DAY } from '@/words/zone'
import { causeLook, type CauseLook } from './causes'
import { nightsIn, type Place } from './daylight'
import type { DayCell } from './days'
import { gapShape, type GapShape } from './gap-shape'
import { type MarkKind, type PlacedMark } from './marks'
import { drawDays } from './paint-days'
import { drawMarks, drawRulerMarks } from './paint-marks'
import { endOf, ruler, toX, type Ruler, type View } from './scale'
import { withLiveEdge, type CameraSpans } from './tiles'

export const RULER_PX = 28
export const ROW_PX = 28
const BAR_TOP = 6
const BAR_PX = 16
// The marks of short gaps, in the line below the bar.
const MARK_TOP = BAR_PX + 1
const MARK_PX = 4

export interface Palette {
  background: string
  surface: string
  border: string
  text: string
  secondary: string
  span: string
  spanSelected: string
  future: string
  live: string
  selected: string
  font: string
  night: string
  cause: (look: CauseLook) => string
  mark: (kind: MarkKind) => string
}

export interface Row {
  id: string
  recording: boolean
}

export interface Scene {
  view: View
  width: number
  rows: Row[]
  spans: ReadonlyMap<string, CameraSpans>
  /** In place of spans, where the view is an overview of days. */
  days: ReadonlyMap<string, DayCell[]> | null
  selected: string
  now: number
  zone: string
  ratio: number
  marks: readonly PlacedMark[]
  /** Where the site is, when that is known: its nights are darker. */
  place: Place | null
}

const MARK_COLOURS: Record<MarkKind, string> = {
  event: '--v-degraded',
  bookmark: '--v-text',
  find: '--v-accent',
  in: '--v-accent',
  out: '--v-accent',
}
// Below this many pixels for a day its night is not worth drawing.
const LEAST_DAY_PX = 48
const LABEL_LEFT_PX = 5

export function paletteOf(element: HTMLElement): Palette {
  const style = getComputedStyle(element)
  const read = (name: string) => style.getPropertyValue(name).trim()
  return {
    background: read('--v-bg'),
    surface: read('--v-surface'),
    border: read('--v-border'),
    text: read('--v-text'),
    secondary: read('--v-text-2'),
    span: read('--v-span'),
    spanSelected: read('--v-span-chosen'),
    future: read('--v-hover'),
    live: read('--v-recording'),
    selected: read('--v-accent-soft'),
    font: style.fontFamily,
    night: read('--v-night'),
    cause: (look) => read(look.colour),
    mark: (kind) => read(MARK_COLOURS[kind]),
  }
}

export class Painter {
  private readonly hatches = new Map<string, CanvasPattern | null>()

  constructor(readonly palette: Palette) {}

  ruler(context: CanvasRenderingContext2D, scene: Scene): void {
    const { width, ratio, view, zone } = scene
    const { palette } = this
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, width, RULER_PX)
    const marks = ruler(view, width, zone)
    context.font = `500 11px ${palette.font}`
    context.textBaseline = 'alphabetic'
    let free = -Infinity
    for (const tick of marks.ticks) {
      const x = snap(toX(view, tick.at), ratio)
      context.fillStyle = tick.major ? palette.secondary : palette.border
      const height = tick.dayStart ? RULER_PX : tick.major ? 10 : 5
      context.fillRect(x, RULER_PX - height, 1 / ratio, height)
      if (!tick.major || x + LABEL_LEFT_PX < free) continue
      context.fillStyle = tick.dayStart ? palette.text : palette.secondary
      const label = this.label(marks, tick.at, tick.dayStart, zone)
      context.fillText(label, x + LABEL_LEFT_PX, 15)
      free = x + LABEL_LEFT_PX + context.measureText(label).width
    }
    this.clockChanges(context, scene, 18, RULER_PX)
    drawRulerMarks(context, palette, scene.marks, { ratio, width, rowPx: RULER_PX, height: RULER_PX })
  }

  rows(context: CanvasRenderingContext2D, scene: Scene): void {
    const { width, ratio, view, rows, now } = scene
    const { palette } = this
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, width, rows.length * ROW_PX)
    this.nights(context, scene)
    this.grid(context, scene)
    rows.forEach((row, index) => {
      const top = index * ROW_PX
      const chosen = row.id === scene.selected
      if (chosen) {
        context.fillStyle = palette.selected
        context.fillRect(0, top, width, ROW_PX)
      }
      const found = scene.spans.get(row.id)
      const cells = scene.days?.get(row.id)
      const bar = { view, width, ratio, top: top + BAR_TOP, height: BAR_PX }
      if (cells) drawDays(context, palette, cells, bar, chosen)
      else if (found) this.row(context, scene, row, found, top + BAR_TOP, chosen)
      context.fillStyle = palette.border
      context.fillRect(0, top + ROW_PX - 1 / ratio, width, 1 / ratio)
    })
    const height = rows.length * ROW_PX
    this.clockChanges(context, scene, 0, height)
    drawMarks(context, palette, scene.marks, { ratio, width, rowPx: ROW_PX, height })
    const nowX = snap(toX(view, now), ratio)
    if (nowX < width) {
      context.fillStyle = palette.future
      context.fillRect(nowX, 0, width - nowX, rows.length * ROW_PX)
      context.fillStyle = palette.live
      context.fillRect(nowX, 0, Math.max(1, 1 / ratio), rows.length * ROW_PX)
    }
  }

  private label(marks: Ruler, at: number, dayStart: boolean, zone: string): string {
    if (marks.label === 'day' || dayStart) return dayName(at, zone)
    return clockTime(at, zone, marks.label === 'ms' ? 'ms' : marks.label === 'second' ? 'second' : 'minute')
  }

  /** Darker ground between sunset and sunrise. */
  private nights(context: CanvasRenderingContext2D, { view, width, zone, rows, ratio, place }: Scene): void {
    if (DAY / view.msPerPx < LEAST_DAY_PX) return
    context.fillStyle = this.palette.night
    for (const [start, end] of nightsIn(view.start, endOf(view, width), zone, place)) {
      const from = snap(toX(view, start), ratio)
      context.fillRect(from, 0, snap(toX(view, end), ratio) - from, rows.length * ROW_PX)
    }
  }

  /** A dashed line where the clocks are changed. */
  private clockChanges(context: CanvasRenderingContext2D, scene: Scene, from: number, to: number): void {
    const { view, width, zone, ratio } = scene
    context.fillStyle = this.palette.secondary
    for (const { at } of clockChanges(view.start, endOf(view, width), zone)) {
      const x = snap(toX(view, at), ratio)
      for (let y = from; y < to; y += 6) context.fillRect(x, y, Math.max(1, 1 / ratio), 3)
    }
  }

  private grid(context: CanvasRenderingContext2D, { view, width, zone, rows, ratio }: Scene): void {
    context.fillStyle = this.palette.border
    for (const tick of ruler(view, width, zone).ticks) {
      if (!tick.major) continue
      context.globalAlpha = tick.dayStart ? 1 : 0.5
      context.fillRect(snap(toX(view, tick.at), ratio), 0, 1 / ratio, rows.length * ROW_PX)
    }
    context.globalAlpha = 1
  }

  private row(
    context: CanvasRenderingContext2D,
    scene: Scene,
    row: Row,
    found: CameraSpans,
    top: number,
    chosen: boolean,
  ): void {
    const { view, ratio, now, width } = scene
    const spans = row.recording ? withLiveEdge(found.spans, now) : found.spans
    context.fillStyle = chosen ? this.palette.spanSelected : this.palette.span
    for (const [start, end] of spans) {
      const from = snap(Math.max(-1, toX(view, start)), ratio)
      const to = snap(Math.min(width + 1, toX(view, Math.min(end, now))), ratio)
      if (to >= 0 && from <= width) context.fillRect(from, top, Math.max(1 / ratio, to - from), BAR_PX)
    }
    for (const gap of found.gaps) {
      const from = Math.max(-1, toX(view, gap.start_ms))
      const to = Math.min(width + 1, toX(view, Math.min(gap.end_ms, now)))
      if (to < 0 || from > width) continue
      const look = causeLook(gap.cause)
      this.gap(context, look, gapShape(from, to, ratio, look.alarming), top, ratio)
    }
  }

  /** A faint ground with the hatch on it; what is too narrow for a hatch is solid, and what is hardly seen has a mark. */
  private gap(
    context: CanvasRenderingContext2D,
    look: CauseLook,
    { x, width, hatched, strength, mark }: GapShape,
    top: number,
    ratio: number,
  ): void {
    const colour = this.palette.cause(look)
    if (!hatched) {
      context.globalAlpha = strength
      context.fillStyle = this.palette.background
      context.fillRect(x, top, width, BAR_PX)
      context.fillStyle = colour
      context.globalAlpha = strength * (look.alarming ? 1 : 0.5)
      context.fillRect(x, top, width, BAR_PX)
      context.globalAlpha = 1
      if (mark !== null) pointer(context, mark, top + MARK_TOP)
      return
    }
    context.fillStyle = colour
    context.globalAlpha = look.alarming ? 0.16 : 0.1
    context.fillRect(x, top, width, BAR_PX)
    context.globalAlpha = look.alarming ? 0.85 : 0.7
    const hatch = look.hatch === 'none' ? null : this.hatch(context, look.hatch, colour, ratio)
    if (hatch) {
      context.fillStyle = hatch
      context.fillRect(x, top, width, BAR_PX)
    } else {
      context.fillRect(x, top + BAR_PX / 2, width, 1 / ratio)
    }
    context.globalAlpha = 1
  }

  private hatch(
    context: CanvasRenderingContext2D,
    kind: CauseLook['hatch'],
    colour: string,
    ratio: number,
  ): CanvasPattern | null {
    const key = `${kind} ${colour} ${ratio}`
    const known = this.hatches.get(key)
    if (known !== undefined) return known
    const size = 8
    const tile = document.createElement('canvas')
    tile.width = tile.height = size * ratio
    const draw = tile.getContext('2d')
    if (!draw) return null
    draw.scale(ratio, ratio)
    draw.strokeStyle = draw.fillStyle = colour
    draw.lineWidth = 1.25
    if (kind === 'rising' || kind === 'cross') diagonal(draw, size, true)
    if (kind === 'falling' || kind === 'cross') diagonal(draw, size, false)
    if (kind === 'dots') for (const at of [2, 6]) draw.fillRect(at - 0.6, at - 0.6, 1.2, 1.2)
    const pattern = context.createPattern(tile, 'repeat')
    pattern?.setTransform(new DOMMatrix().scale(1 / ratio))
    this.hatches.set(key, pattern)
    return pattern
  }
}

/** A small triangle that points up to an instant. Of one size: it says where, not how long. */
function pointer(context: CanvasRenderingContext2D, x: number, top: number): void {
  context.beginPath()
  context.moveTo(x + 0.5, top)
  context.lineTo(x + 0.5 + MARK_PX * 0.75, top + MARK_PX)
  context.lineTo(x + 0.5 - MARK_PX * 0.75, top + MARK_PX)
  context.fill()
}

function diagonal(draw: CanvasRenderingContext2D, size: number, rising: boolean): void {
  draw.beginPath()
  for (const shift of [-size, 0, size]) {
    draw.moveTo(shift, rising ? size : 0)
    draw.lineTo(shift + size, rising ? 0 : size)
  }
  draw.stroke()
}

/** To a whole device pixel, so that edges are crisp and neighbours meet. */
function snap(x: number, ratio: number): number {
  return Math.round(x * ratio) / ratio
}
