/**
 * The timeline's behaviour on its two canvases: draws when something changed, follows the playhead, and turns what hands
 * do into zoom, pan, scrub and seek. No React: at 60 frames a second nothing is rendered but pixels.
 */

import { CoverageStore } from './coverage-store'
import { DayStore } from './day-store'
import { cellAt, dayAt, showsDays } from './days'
import { Gestures } from './gestures'
import { InOutLayer } from './in-out-layer'
import type { Elements, Inputs } from './inputs'
import { markAt, nextMark, placeMarks, type Mark, type PlacedMark } from './marks'
import { Painter, paletteOf, ROW_PX, RULER_PX } from './paint'
import { centreOn, clampView, fit, follow, pan, passed, toTime, toX, zoomAt, type View } from './scale'
import { hitTest, type CameraSpans } from './tiles'

const GRAB_PX = 6
const AHEAD_PX = 48
const REFRESH_MS = 5_000
const NO_SPANS: ReadonlyMap<string, CameraSpans> = new Map()

export class TimelineController {
  private view: View
  private readonly initialSpanMs: number
  private width = 0
  private readonly gestures: Gestures
  private following = true
  /** A hand put the playhead where it is: the view does not move under it. */
  private placed = false
  private dirty = true
  private frame = 0
  private lastPlayhead: string | null = null
  private lastNowX = 0
  private lastRefresh = 0
  private placedMarks: PlacedMark[] = []
  private painter: Painter
  private readonly inOut: InOutLayer
  private readonly days: DayStore
  private readonly stops: (() => void)[] = []

  constructor(
    private readonly elements: Elements,
    private readonly store: CoverageStore,
    private inputs: Inputs,
    private readonly format: (at: number) => string,
    initial: { at: number; spanMs: number },
  ) {
    this.painter = new Painter(paletteOf(elements.plot))
    this.inOut = new InOutLayer(
      elements.plot,
      () => this.inputs.inOut,
      () => this.inputs.onInOut && { moved: this.inputs.onInOut },
    )
    this.initialSpanMs = initial.spanMs
    this.days = new DayStore(store.cameras, () => (this.dirty = true))
    this.view = { start: initial.at - initial.spanMs / 2, msPerPx: initial.spanMs / 1200 }
    this.gestures = this.listen()
    this.frame = requestAnimationFrame(this.tick)
  }

  destroy(): void {
    cancelAnimationFrame(this.frame)
    for (const stop of this.stops) stop()
    this.inOut.destroy()
    this.days.destroy()
  }

  update(inputs: Inputs): void {
    this.inputs = inputs
    this.dirty = true
  }

  /** Footage was deleted or repaired. */
  forgetDays(): void {
    this.days.forget()
    this.dirty = true
  }

  /** The theme changed. */
  repaint(): void {
    this.painter = new Painter(paletteOf(this.elements.plot))
    this.dirty = true
  }

  /** Shows a range, a day say. */
  show(start: number, end: number): void {
    this.following = false
    this.setView(fit(start, passed(start, end, Date.now()), this.width))
  }

  /** Zooms around the playhead when it is in view, else around the middle. */
  zoom(factor: number): void {
    const at = this.inputs.playhead()
    const x = at === null ? -1 : toX(this.view, at)
    this.setView(zoomAt(this.view, x >= 0 && x <= this.width ? x : this.width / 2, factor))
    this.zoomed()
  }

  /** Puts the playhead on the next mark or the one before, and tells which; null when there is none. */
  jump(direction: 1 | -1): Mark | null {
    const mark = nextMark(this.inputs.marks, this.inputs.playhead() ?? Date.now(), direction)
    if (!mark) return null
    this.following = true
    this.inputs.onSeek(Math.min(Date.now(), mark.startMs), mark.camera ?? null, true)
    return mark
  }

  get msPerPx(): number {
    return this.view.msPerPx
  }

  /** Brings the playhead into view and keeps it there. */
  follow(): void {
    this.following = true
  }

  private listen(): Gestures {
    const { plot } = this.elements
    const resize = new ResizeObserver(() => this.resize())
    resize.observe(plot)
    this.stops.push(() => resize.disconnect())
    this.stops.push(this.store.subscribe(() => (this.dirty = true)))
    const gestures = new Gestures(plot, this.elements.rows, {
      grabs: (x) => this.grabs(x),
      hover: (clientX, x, y) => this.hover(clientX, x, y),
      unhover: () => this.inputs.onHover(null),
      press: (x, y) => this.press(x, y),
      pan: (dx) => this.move(pan(this.view, dx)),
      scrub: (x, done) => this.scrub(x, done),
      zoom: (x, factor, dx) => {
        this.move(pan(zoomAt(this.view, x, factor), dx))
        this.zoomed()
      },
    })
    this.stops.push(() => gestures.destroy())
    return gestures
  }

  private resize(): void {
    const width = this.elements.plot.clientWidth
    if (width === this.width || width === 0) return
    const first = this.width === 0
    const middle = toTime(this.view, this.width / 2)
    this.width = width
    if (first) this.view = { ...this.view, msPerPx: this.initialSpanMs / width }
    else this.view = centreOn(this.view, middle, width / 2)
    this.setView(this.view)
  }

  private setView(view: View): void {
    const clamped = clampView(view, this.width, this.inputs.earliest, Date.now(), AHEAD_PX)
    // At the live edge there is nowhere to follow to.
    if (view !== this.view && clamped.start === this.view.start && clamped.msPerPx === this.view.msPerPx)
      return
    this.view = clamped
    this.dirty = true
    this.inputs.onView(this.view, this.width)
  }

  private readonly tick = () => {
    this.frame = requestAnimationFrame(this.tick)
    if (this.width === 0) return
    const now = Date.now()
    this.movePlayhead()
    this.inOut.place(this.view, this.width)
    const nowX = Math.round(toX(this.view, now) * devicePixelRatio)
    if (nowX !== this.lastNowX && nowX <= this.width * devicePixelRatio) this.dirty = true
    if (now - this.lastRefresh > REFRESH_MS) {
      this.lastRefresh = now
      this.store.refresh(now)
    }
    if (this.dirty) this.draw(now, nowX)
  }

  private draw(now: number, nowX: number): void {
    this.dirty = false
    this.lastNowX = nowX
    const { inputs, view, width } = this
    const ratio = devicePixelRatio
    const overview = showsDays(view)
    const ids = inputs.rows.map(({ id }) => id)
    this.placedMarks = placeMarks(inputs.marks, ids, view, width)
    const scene = {
      view,
      width,
      rows: inputs.rows,
      spans: overview ? NO_SPANS : this.store.rows(view, width, now),
      days: overview ? this.days.rows(view, width, inputs.zone, now) : null,
      selected: inputs.selected,
      now,
      zone: inputs.zone,
      ratio,
      marks: this.placedMarks,
      place: inputs.place,
    }
    const rulerContext = size(this.elements.ruler, width, RULER_PX, ratio)
    const rowsContext = size(this.elements.rows, width, Math.max(1, inputs.rows.length) * ROW_PX, ratio)
    if (rulerContext) this.painter.ruler(rulerContext, scene)
    if (rowsContext) this.painter.rows(rowsContext, scene)
  }

  private movePlayhead(): void {
    const { playhead, playheadLabel } = this.elements
    const at = this.inputs.playhead()
    if (at === null) {
      playhead.hidden = true
      this.lastPlayhead = null
      return
    }
    let x = toX(this.view, at)
    if (this.following && !this.gestures.busy) {
      const wanted = follow(this.view, this.width, at, this.placed)
      if (wanted !== this.view) {
        this.placed = false
        this.setView(wanted)
        x = toX(this.view, at)
      }
    }
    const inside = x >= 0 && x <= this.width
    const key = inside ? `${x.toFixed(2)} ${at}` : ''
    if (key === this.lastPlayhead) return
    this.lastPlayhead = key
    playhead.hidden = !inside
    if (!inside) return
    playhead.style.transform = `translateX(${x}px)`
    playheadLabel.textContent = this.format(at)
    // The label stays within the plot at both ends.
    const half = playheadLabel.offsetWidth / 2
    const shift = Math.max(half - x, 0) - Math.max(half - (this.width - x), 0)
    playheadLabel.style.transform = `translateX(calc(-50% + ${shift}px))`
  }

  private rowAt(y: number): string | null {
    return y < 0 ? null : (this.inputs.rows[Math.floor(y / ROW_PX)]?.id ?? null)
  }

  /** Null in the ruler. */
  private rowNumber(y: number): number | null {
    return y < 0 ? null : Math.floor(y / ROW_PX)
  }

  private grabs(x: number): boolean {
    const playhead = this.inputs.playhead()
    // In the overview a press is for a day.
    const near = playhead !== null && !showsDays(this.view)
    return near && Math.abs(toX(this.view, playhead) - x) <= GRAB_PX
  }

  private move(view: View): void {
    this.following = false
    this.setView(view)
  }

  private scrub(x: number, done: boolean): void {
    if (done) this.placed = true
    this.inputs.onSeek(this.seekable(x), null, done)
  }

  private press(x: number, y: number): void {
    this.following = this.placed = true
    const mark = markAt(this.placedMarks, x, this.rowNumber(y))?.marks[0]
    if (!mark && showsDays(this.view)) {
      const day = dayAt(this.seekable(x), this.inputs.zone)
      this.inputs.onDay(day.start, day.end, this.rowAt(y))
      return
    }
    const to = mark ? Math.min(Date.now(), mark.startMs) : this.seekable(x)
    this.inputs.onSeek(to, this.rowAt(y), true)
    if (mark) this.inputs.onMark(mark)
  }

  private seekable(x: number): number {
    return Math.min(Date.now(), toTime(this.view, x))
  }

  private zoomed(): void {
    this.inputs.onZoom(this.view.msPerPx * this.width)
  }

  private hover(left: number, x: number, y: number): void {
    const at = toTime(this.view, x)
    const camera = this.rowAt(y)
    const now = Date.now()
    const overview = showsDays(this.view)
    const row = camera && !overview ? this.store.rows(this.view, this.width, now).get(camera) : undefined
    const days = overview ? this.days.rows(this.view, this.width, this.inputs.zone, now) : null
    const day = camera ? cellAt(days?.get(camera), at) : null
    const { top } = this.elements.frame.getBoundingClientRect()
    const { msPerPx } = this.view
    const marks = markAt(this.placedMarks, x, this.rowNumber(y))?.marks ?? []
    this.elements.plot.toggleAttribute('data-on-mark', marks.length > 0)
    this.inputs.onHover({ left, top, at, camera, hit: hitTest(row, at, msPerPx * 2), day, marks, msPerPx })
  }
}

function size(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  ratio: number,
): CanvasRenderingContext2D | null {
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)]
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w
    canvas.height = h
    canvas.style.width = `${width}px`
    canvas.style.height = `${height}px`
  }
  return canvas.getContext('2d')
}
