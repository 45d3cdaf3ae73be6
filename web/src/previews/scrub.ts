/**
 * Previews in the large picture while the playhead is on its way: drawn at once from the sheets that there are, at every
 * move. The player itself is asked for its frame when the playhead rests.
 */

import { STEPS, type Place, type Step } from './find'
import { Singles } from './singles'
import type { Found, PreviewStore, Tile } from './store'

// Long enough to be no rest between two moves of a hand, short enough to be no wait.
const REST_MS = 120

export interface ScrubEvents {
  /** The playhead rests: the frame itself is wanted. */
  rests(at: number): void
}

export class Scrub {
  private timer: number | undefined
  private wanted: number | null = null
  private camera = ''
  private step: Step = STEPS[0]
  private direction: 1 | -1 = 1
  private resting = false
  private readonly stop: () => void
  /** Until the sheets are there: a machine makes some twenty such pictures a second, or a sheet. */
  private readonly singles = new Singles((image) => {
    if (this.wanted === null || isTile(this.store.nearest(this.camera, this.wanted, this.step))) return
    this.put(image, { x: 0, y: 0, width: image.width, height: image.height })
  })

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly store: PreviewStore,
    private readonly events: ScrubEvents,
  ) {
    this.stop = store.subscribe(() => this.draw())
  }

  /** Where the playhead is being moved to; null when the player says. */
  get at(): number | null {
    return this.wanted
  }

  /** The playhead is over `at`. `step`: how far apart the previews may be that neighbouring places show. */
  move(camera: string, at: number, step: Step): void {
    if (this.wanted !== null && this.wanted !== at) this.direction = at > this.wanted ? 1 : -1
    this.camera = camera
    this.wanted = at
    this.step = step
    this.resting = false
    this.draw()
    this.store.prefetch(camera, at, step, this.direction)
    window.clearTimeout(this.timer)
    this.timer = window.setTimeout(() => this.rest(), REST_MS)
  }

  /** The hand has let go here. */
  done(): void {
    window.clearTimeout(this.timer)
    if (!this.resting) this.rest()
  }

  /** The player shows what is wanted, or something else is. */
  clear(): void {
    window.clearTimeout(this.timer)
    this.singles.stop()
    this.wanted = null
    this.canvas.hidden = true
    delete this.canvas.dataset.at
  }

  /** Whether the player was told; else it still shows what it did before. */
  get rested(): boolean {
    return this.resting
  }

  destroy(): void {
    this.clear()
    this.stop()
  }

  private rest(): void {
    if (this.wanted === null) return
    this.resting = true
    this.events.rests(this.wanted)
  }

  private draw(): void {
    if (this.wanted === null) return
    const found = this.store.nearest(this.camera, this.wanted, this.step)
    if (isTile(found)) this.put(found.image, found.place)
    else if (!this.resting) this.singles.want(this.camera, this.wanted)
  }

  private put(image: ImageBitmap, { x, y, width, height }: Place): void {
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width
      this.canvas.height = height
    }
    this.canvas.getContext('2d')?.drawImage(image, x, y, width, height, 0, 0, width, height)
    this.canvas.hidden = false
    this.canvas.dataset.at = String(Math.round(this.wanted ?? 0))
  }
}

function isTile(found: Found): found is Tile {
  return found !== null && found !== 'none'
}
