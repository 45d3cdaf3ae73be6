/**
 * Footage shown as single pictures over a video element, for what the element can't play: backwards, and faster than
 * the decoder or the line holds. A clock of the true speed runs over the footage; backwards and slow every frame of a
 * decoded group is shown, else key frames as often as they come in time.
 */

import { PictureDecoder } from './decode'
import { FRAMES_UP_TO, headsOnly, keptSize, nextTarget } from './plan'
import type { Entry, Group, Reader } from './reader'

export type Shows = 'frames' | 'keys'

export interface TrickEvents {
  /** Of the open playlist, in order of time; more may come. */
  entries(): readonly Entry[]
  /** As the player told it, where inits do not. */
  codec(): string | null
  /** The picture of this media time is on the screen. */
  shown(mediaS: number): void
  shows(shows: Shows): void
  /** No more pictures in this direction. */
  edge(mediaS: number): void
  /** This browser can't decode them. */
  failed(): void
}

interface Ready {
  mediaS: number
  image: VideoFrame | ImageBitmap
}

const MOST_READY = 5
const AHEAD = 3

export class Trick {
  private readonly canvas = document.createElement('canvas')
  private readonly decoder = new PictureDecoder()
  private rate = 0
  private clock = 0
  private last = 0
  private frame = 0
  private ready: Ready[] = []
  private wake: (() => void) | null = null
  private generation = 0
  private shownS: number | null = null
  private ended = false
  private everyFrame = false
  private late = 0

  constructor(
    video: HTMLVideoElement,
    private readonly reader: Reader,
    private readonly events: TrickEvents,
  ) {
    this.canvas.setAttribute('aria-hidden', 'true')
    this.canvas.dataset.part = 'trick'
    Object.assign(this.canvas.style, {
      display: 'none',
      position: 'absolute',
      inset: '0',
      width: '100%',
      height: '100%',
      objectFit: 'contain',
      pointerEvents: 'none',
    })
    video.after(this.canvas)
  }

  get active(): boolean {
    return this.rate !== 0
  }

  /** What is on the screen, while it is this one's. */
  get mediaS(): number | null {
    return this.canvas.style.display === 'none' ? null : this.shownS
  }

  get picture(): HTMLCanvasElement {
    return this.canvas
  }

  /** Shows pictures from `mediaS` on at a speed, also when it was already at it. */
  start(mediaS: number, rate: number): void {
    this.halt()
    this.generation += 1
    this.rate = rate
    this.clock = mediaS
    this.ended = false
    this.late = 0
    this.last = performance.now()
    this.frame = requestAnimationFrame(this.tick)
    void this.produce(this.generation, mediaS)
  }

  /** Stands still; the last picture stays until `hide`. */
  halt(): void {
    cancelAnimationFrame(this.frame)
    this.generation += 1
    this.rate = 0
    for (const { image } of this.ready) image.close()
    this.ready = []
    this.wake?.()
    this.wake = null
  }

  hide(): void {
    this.canvas.style.display = 'none'
    this.shownS = null
  }

  destroy(): void {
    this.halt()
    this.decoder.destroy()
    this.canvas.remove()
  }

  private readonly tick = () => {
    this.frame = requestAnimationFrame(this.tick)
    const now = performance.now()
    const moved = (this.rate * (now - this.last)) / 1000
    this.last = now
    // Every frame is worth a wait; key frames keep to the time.
    const [next] = this.ready
    const waits = this.everyFrame && !next
    if (!waits) this.clock += moved
    const sign = Math.sign(this.rate)
    let due: Ready | null = null
    while (this.ready[0] && (this.ready[0].mediaS - this.clock) * sign <= 0) {
      due?.image.close()
      due = this.ready.shift() ?? null
    }
    if (due) {
      this.draw(due)
      this.wake?.()
    } else if (this.ended && this.ready.length === 0) {
      this.halt()
      this.events.edge(this.shownS ?? this.clock)
    }
  }

  private draw({ image, mediaS }: Ready): void {
    const { canvas } = this
    const width = 'displayWidth' in image ? image.displayWidth : image.width
    const height = 'displayHeight' in image ? image.displayHeight : image.height
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width
      canvas.height = height
    }
    canvas.getContext('2d')?.drawImage(image, 0, 0, width, height)
    image.close()
    canvas.style.display = 'block'
    canvas.dataset.at = mediaS.toFixed(3)
    this.shownS = mediaS
    this.events.shown(mediaS)
  }

  private async produce(generation: number, from: number): Promise<void> {
    const current = () => generation === this.generation
    try {
      const rate = this.rate
      this.everyFrame = rate < 0 && -rate <= FRAMES_UP_TO
      if (this.everyFrame) {
        this.events.shows('frames')
        from = await this.allFrames(rate, from, current)
      }
      if (!current()) return
      if (this.everyFrame && this.ended) return
      this.everyFrame = false
      this.events.shows('keys')
      await this.keyFrames(rate, from, current)
    } catch {
      if (current()) {
        this.halt()
        this.events.failed()
      }
    }
  }

  /** Group by group backwards. Ends where the footage does, or where decoding does not hold the speed. */
  private async allFrames(rate: number, from: number, current: () => boolean): Promise<number> {
    let at = from
    for (;;) {
      const found = await this.groupAt(at)
      if (!current()) return at
      if (!found) {
        this.ended = true
        return at
      }
      const began = performance.now()
      const frames = await this.decodeAll(found, (mediaS) => mediaS < at + 1e-4)
      if (!current()) {
        for (const { image } of frames) image.close()
        return at
      }
      const tookS = (performance.now() - began) / 1000
      this.late = tookS > ((found.endS - found.mediaS) / -rate) * 0.9 ? this.late + 1 : 0
      this.ready.push(...frames.reverse())
      at = found.mediaS - 1e-3
      // The next group is decoded while this one is shown.
      while (current() && this.ready.length > frames.length) await this.shownOne()
      if (this.late >= 2) return at
    }
  }

  private async decodeAll(group: Group, wanted: (mediaS: number) => boolean): Promise<Ready[]> {
    const making: Promise<Ready>[] = []
    await this.decoder.decode(group, group.pictures, this.events.codec(), (frame) => {
      const mediaS = frame.timestamp / 1e6
      if (!wanted(mediaS)) {
        frame.close()
        return
      }
      const { width, height } = keptSize(frame.displayWidth, frame.displayHeight, group.pictures.length)
      const image = createImageBitmap(frame, { resizeWidth: width, resizeHeight: height })
      making.push(image.then((made) => ({ mediaS, image: made })).finally(() => frame.close()))
    })
    return (await Promise.all(making)).sort((a, b) => a.mediaS - b.mediaS)
  }

  private async keyFrames(rate: number, from: number, current: () => boolean): Promise<void> {
    const sign = Math.sign(rate)
    let lastS = from
    let takesS = 0
    let group: Group | null = null
    while (current()) {
      const began = performance.now()
      const wanted: number = group === null ? from : nextTarget(lastS, this.clock, rate, takesS)
      group = await this.keyAt(wanted, group, sign, rate)
      if (!current()) return
      if (!group) {
        this.ended = true
        return
      }
      lastS = group.mediaS
      const [first] = group.pictures
      if (!first) return
      await this.decoder.decode(group, [first], this.events.codec(), (image) => {
        if (current()) this.ready.push({ mediaS: first.mediaS, image })
        else image.close()
      })
      takesS = takesS * 0.7 + ((performance.now() - began) / 1000) * 0.3
      while (current() && this.ready.length >= MOST_READY) await this.shownOne()
    }
  }

  /** The group at an instant, but another one than the last, in the direction of play. Null past the end. */
  private async keyAt(at: number, last: Group | null, sign: number, rate: number): Promise<Group | null> {
    const entries = this.events.entries()
    let index = indexAt(entries, at, sign)
    for (; index >= 0 && index < entries.length; index += sign) {
      const entry = entries[index]
      if (!entry) return null
      const bits = ((entry.range[1] - entry.range[0]) * 8) / Math.max(0.1, entry.durationS)
      const heads = headsOnly(rate, entry.durationS, bits, this.reader.lineBitsPerS)
      for (let ahead = 1; ahead <= AHEAD; ahead += 1) {
        const later = entries[index + sign * ahead]
        if (later) void (heads ? this.reader.head(later) : this.reader.groups(later)).catch(() => undefined)
      }
      const groups = heads ? [await this.reader.head(entry)] : await this.reader.groups(entry)
      const beyond = (group: Group) => last === null || (group.mediaS - last.mediaS) * sign > 1e-3
      const fits = groups.filter(beyond)
      const best =
        sign > 0
          ? (fits.find((one) => one.endS > at) ?? null)
          : (fits.findLast((one) => one.mediaS <= at) ?? null)
      if (best) return best
      at = sign > 0 ? entry.mediaS + entry.durationS : entry.mediaS - 1e-3
    }
    return null
  }

  private async groupAt(at: number): Promise<Group | null> {
    const entries = this.events.entries()
    for (let index = indexAt(entries, at, -1); index >= 0; index -= 1) {
      const entry = entries[index]
      const before = entries[index - 1]
      if (!entry) return null
      if (before) void this.reader.groups(before).catch(() => undefined)
      const found = (await this.reader.groups(entry)).findLast((group) => group.mediaS <= at)
      if (found) return found
    }
    return null
  }

  private shownOne(): Promise<void> {
    return new Promise((resolve) => (this.wake = resolve))
  }
}

/** The entry that has an instant, else the next one in the direction of play. */
function indexAt(entries: readonly Entry[], at: number, sign: number): number {
  const index = entries.findLastIndex((entry) => entry.mediaS <= at + 1e-6)
  const entry = entries[index]
  if (sign > 0 && (!entry || entry.mediaS + entry.durationS <= at)) return index + 1
  return index
}
