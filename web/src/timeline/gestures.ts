/**
 * What hands do on the timeline, made of pointers and the wheel: press, drag, pinch, hover. Knows nothing of time; x and
 * y are pixels of the plot, y counts from the first row (negative in the ruler).
 */

import { RULER_PX } from './paint'

export interface Hands {
  /** Whether the playhead is at x, to be taken hold of. */
  grabs(x: number): boolean
  /** `clientX` is x in the window. */
  hover(clientX: number, x: number, y: number): void
  unhover(): void
  press(x: number, y: number): void
  /** What is shown is pushed by `dx`. */
  pan(dx: number): void
  /** The playhead is taken along; `done` when it is let go. */
  scrub(x: number, done: boolean): void
  /** Zooms around x by `factor` (above 1 shows more time), and pushes by `dx`. */
  zoom(x: number, factor: number, dx: number): void
}

type Gesture =
  | { kind: 'press'; x: number; y: number; onRuler: boolean }
  | { kind: 'pan'; x: number }
  | { kind: 'scrub' }
  | { kind: 'pinch'; distance: number; centre: number }

const CLICK_SLOP_PX = 4

export class Gestures {
  private readonly pointers = new Map<number, { x: number; y: number }>()
  private gesture: Gesture | null = null
  private readonly stops: (() => void)[] = []

  constructor(
    private readonly plot: HTMLElement,
    private readonly rows: HTMLElement,
    private readonly hands: Hands,
  ) {
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
    on('pointerleave', () => hands.unhover())
    on('wheel', (event) => this.onWheel(event))
  }

  /** A hand is on it. */
  get busy(): boolean {
    return this.gesture !== null
  }

  destroy(): void {
    for (const stop of this.stops) stop()
  }

  private at(event: { clientX: number; clientY: number }): { x: number; y: number; top: number } {
    const box = this.plot.getBoundingClientRect()
    const rows = this.rows.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - rows.top, top: event.clientY - box.top }
  }

  private onDown(event: PointerEvent): void {
    if (event.button !== 0) return
    const { x, y, top } = this.at(event)
    this.plot.setPointerCapture(event.pointerId)
    this.pointers.set(event.pointerId, { x, y })
    this.hands.unhover()
    if (this.pointers.size === 2) {
      this.gesture = { kind: 'pinch', ...this.fingers() }
      return
    }
    const grabbed = this.hands.grabs(x)
    this.gesture = grabbed ? { kind: 'scrub' } : { kind: 'press', x, y, onRuler: top < RULER_PX }
  }

  private onMove(event: PointerEvent): void {
    const { x, y } = this.at(event)
    const before = this.pointers.get(event.pointerId)
    if (!before || !this.gesture) {
      if (event.pointerType !== 'touch') this.hands.hover(event.clientX, x, y)
      return
    }
    this.pointers.set(event.pointerId, { x, y })
    if (this.gesture.kind === 'press' && Math.abs(x - this.gesture.x) > CLICK_SLOP_PX)
      this.gesture = this.gesture.onRuler ? { kind: 'scrub' } : { kind: 'pan', x: this.gesture.x }
    if (this.gesture.kind === 'pan') {
      this.hands.pan(x - this.gesture.x)
      this.gesture = { kind: 'pan', x }
    } else if (this.gesture.kind === 'scrub') {
      this.hands.scrub(x, false)
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
    if (gesture?.kind === 'scrub') this.hands.scrub(x, true)
    if (gesture?.kind === 'press') this.hands.press(x, y)
  }

  private fingers(): { distance: number; centre: number } {
    const [a, b] = [...this.pointers.values()]
    if (!a || !b) return { distance: 1, centre: 0 }
    return { distance: Math.max(10, Math.abs(a.x - b.x)), centre: (a.x + b.x) / 2 }
  }

  private pinch(from: { distance: number; centre: number }): void {
    const to = this.fingers()
    this.hands.zoom(from.centre, from.distance / to.distance, to.centre - from.centre)
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
    if (Math.abs(dx) > Math.abs(dy)) this.hands.pan(-dx)
    else this.hands.zoom(x, Math.exp(dy * (event.ctrlKey ? 0.01 : 0.0022)), 0)
  }
}
