/**
 * The timeline's behaviour on its two canvases: draws when something changed, follows the playhead, and turns pointers
 * and wheel into zoom, pan, scrub and seek. No React: at 60 frames a second nothing is rendered but pixels.
 */

import { CoverageStore } from './coverage-store'
import { Painter, paletteOf, ROW_PX, RULER_PX, type Row } from './paint'
import { centreOn, clampView, fit, follow, pan, toTime, toX, zoomAt, type View } from './scale'
import { hitTest, type Hit } from './tiles'

export interface Hover {
  /** Where a card about it can hang, in the window: above the timeline at the pointer. */
  left: number
  top: number
  at: number
  camera: string | null
  hit: Hit
}

export interface Inputs {
  rows: Row[]
  selected: string
  zone: string
  earliest: number
  /** The instant of the shown frame; null while there is none. */
  playhead: () => number | null
  onSeek: (at: number, camera: string | null, done: boolean) => void
  onHover: (hover: Hover | null) => void
  onView: (view: View, width: number) => void
  /** The person zoomed: this much time is in view. */
  onZoom: (spanMs: number) => void
}

export interface Elements {
  /** The box that scrolls when there are many rows. */
  frame: HTMLElement
  plot: HTMLElement
  ruler: HTMLCanvasElement
  rows: HTMLCanvasElement
  playhead: HTMLElement
  playheadLabel: HTMLElement
}

const CLICK_SLOP_PX = 4
const GRAB_PX = 6
const AHEAD_PX = 48
const REFRESH_MS = 5_000

type Gesture =
  | { kind: 'press'; x: number; y: number; onRuler: boolean }
  | { kind: 'pan'; x: number }
  | { kind: 'scrub' }
  | { kind: 'pinch'; distance: number; centre: number }

export class TimelineController {
  private view: View
  private readonly initialSpanMs: number
  private width = 0
  private readonly pointers = new Map<number, { x: number; y: number }>()
  private gesture: Gesture | null = null
  private following = true
  /** A hand put the playhead where it is: the view does not move under it. */
  private placed = false
  private dirty = true
  private frame = 0
  private lastPlayhead: string | null = null
  private lastNowX = 0
  private lastRefresh = 0
  private painter: Painter
  private readonly stops: (() => void)[] = []

  constructor(
    private readonly elements: Elements,
    private readonly store: CoverageStore,
    private inputs: Inputs,
    private readonly format: (at: number) => string,
    initial: { at: number; spanMs: number },
  ) {
    this.painter = new Painter(paletteOf(elements.plot))
    this.initialSpanMs = initial.spanMs
    this.view = { start: initial.at - initial.spanMs / 2, msPerPx: initial.spanMs / 1200 }
    this.listen()
    this.frame = requestAnimationFrame(this.tick)
  }

  destroy(): void {
    cancelAnimationFrame(this.frame)
    for (const stop of this.stops) stop()
  }

  update(inputs: Inputs): void {
    this.inputs = inputs
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
    this.setView(fit(start, end, this.width))
  }

  /** Zooms around the playhead when it is in view, else around the middle. */
  zoom(factor: number): void {
    const at = this.inputs.playhead()
    const x = at === null ? -1 : toX(this.view, at)
    this.setView(zoomAt(this.view, x >= 0 && x <= this.width ? x : this.width / 2, factor))
    this.zoomed()
  }

  /** Brings the playhead into view and keeps it there. */
  follow(): void {
    this.following = true
  }

  private listen(): void {
    const { plot } = this.elements
    const resize = new ResizeObserver(() => this.resize())
    resize.observe(plot)
    this.stops.push(() => resize.disconnect())
    this.stops.push(this.store.subscribe(() => (this.dirty = true)))
    const on = <K extends keyof HTMLElementEventMap>(
      type: K,
      listener: (event: HTMLElementEventMap[K]) => void,
    ) => {
      plot.addEventListener(type, listener, { passive: false })
      this.stops.push(() => plot.removeEventListener(type, listener))
    }
    on('pointerdown', (event) => this.onDown(event))
    on('pointermove', (event) => this.onMove(event))
    on('pointerup', (event) => this.onUp(event))
    on('pointercancel', (event) => this.onUp(event))
    on('pointerleave', () => this.inputs.onHover(null))
    on('wheel', (event) => this.onWheel(event))
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
    const scene = {
      view,
      width,
      rows: inputs.rows,
      spans: this.store.rows(view, width, now),
      selected: inputs.selected,
      now,
      zone: inputs.zone,
      ratio,
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
    if (this.following && !this.gesture) {
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

  private at(event: { clientX: number; clientY: number }): { x: number; y: number; top: number } {
    const box = this.elements.plot.getBoundingClientRect()
    const rows = this.elements.rows.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - rows.top, top: event.clientY - box.top }
  }

  private rowAt(y: number): string | null {
    return y < 0 ? null : (this.inputs.rows[Math.floor(y / ROW_PX)]?.id ?? null)
  }

  private onDown(event: PointerEvent): void {
    if (event.button !== 0) return
    const { x, y, top } = this.at(event)
    this.elements.plot.setPointerCapture(event.pointerId)
    this.pointers.set(event.pointerId, { x, y })
    this.inputs.onHover(null)
    if (this.pointers.size === 2) {
      this.gesture = { kind: 'pinch', ...this.fingers() }
      return
    }
    const playhead = this.inputs.playhead()
    const grabbed = playhead !== null && Math.abs(toX(this.view, playhead) - x) <= GRAB_PX
    this.gesture = grabbed ? { kind: 'scrub' } : { kind: 'press', x, y, onRuler: top < RULER_PX }
  }

  private onMove(event: PointerEvent): void {
    const { x, y } = this.at(event)
    const before = this.pointers.get(event.pointerId)
    if (!before || !this.gesture) {
      if (event.pointerType !== 'touch') this.hover(event.clientX, x, y)
      return
    }
    this.pointers.set(event.pointerId, { x, y })
    if (this.gesture.kind === 'press' && Math.abs(x - this.gesture.x) > CLICK_SLOP_PX)
      this.gesture = this.gesture.onRuler ? { kind: 'scrub' } : { kind: 'pan', x: this.gesture.x }
    if (this.gesture.kind === 'pan') {
      this.following = false
      this.setView(pan(this.view, x - this.gesture.x))
      this.gesture = { kind: 'pan', x }
    } else if (this.gesture.kind === 'scrub') {
      this.inputs.onSeek(this.seekable(x), null, false)
    } else if (this.gesture.kind === 'pinch' && this.pointers.size === 2) {
      this.pinch(this.gesture)
    }
  }

  private onUp(event: PointerEvent): void {
    const { x, y } = this.at(event)
    const { gesture } = this
    this.pointers.delete(event.pointerId)
    if (this.pointers.size === 0) this.gesture = null
    if (event.type === 'pointercancel') return
    if (gesture?.kind === 'scrub') {
      this.placed = true
      this.inputs.onSeek(this.seekable(x), null, true)
    }
    if (gesture?.kind === 'press') {
      this.following = this.placed = true
      this.inputs.onSeek(this.seekable(x), this.rowAt(y), true)
    }
  }

  private seekable(x: number): number {
    return Math.min(Date.now(), toTime(this.view, x))
  }

  private fingers(): { distance: number; centre: number } {
    const [a, b] = [...this.pointers.values()]
    if (!a || !b) return { distance: 1, centre: 0 }
    return { distance: Math.max(10, Math.abs(a.x - b.x)), centre: (a.x + b.x) / 2 }
  }

  private pinch(from: { distance: number; centre: number }): void {
    const to = this.fingers()
    this.following = false
    this.setView(pan(zoomAt(this.view, from.centre, from.distance / to.distance), to.centre - from.centre))
    this.zoomed()
    this.gesture = { kind: 'pinch', ...to }
  }

  private onWheel(event: WheelEvent): void {
    event.preventDefault()
    const { x } = this.at(event)
    // Lines and pages to pixels; a mouse notch is about 100.
    const scale =
      event.deltaMode === WheelEvent.DOM_DELTA_LINE
        ? 33
        : event.deltaMode === WheelEvent.DOM_DELTA_PAGE
          ? 300
          : 1
    const dx = (event.shiftKey && !event.deltaX ? event.deltaY : event.deltaX) * scale
    const dy = event.shiftKey ? 0 : event.deltaY * scale
    this.following = false
    if (Math.abs(dx) > Math.abs(dy)) {
      this.setView(pan(this.view, -dx))
      return
    }
    this.setView(zoomAt(this.view, x, Math.exp(dy * (event.ctrlKey ? 0.01 : 0.0022))))
    this.zoomed()
  }

  private zoomed(): void {
    this.inputs.onZoom(this.view.msPerPx * this.width)
  }

  private hover(left: number, x: number, y: number): void {
    const at = toTime(this.view, x)
    const camera = this.rowAt(y)
    const row = camera ? this.store.rows(this.view, this.width, Date.now()).get(camera) : undefined
    const { top } = this.elements.frame.getBoundingClientRect()
    this.inputs.onHover({ left, top, at, camera, hit: hitTest(row, at, this.view.msPerPx * 2) })
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
