/** Live fragments in a video element: buffered, close to the live edge, with the wall clock of what is shown. */

import { LatencyControl } from './latency'
import { MediaBuffer } from './media-buffer'
import { parseFragment } from './protocol'
import { WallClock } from './wall-clock'

// After a jump the element waits for its decoder.
const JUMP_MS = 500

export interface PlayoutEvents {
  /** Media is in the buffer and plays. */
  playing(): void
  /** The browser's buffer failed: a new playout has to begin with a new connection. */
  broken(): void
}

export class Playout {
  /** Times that the picture stood still while media came. */
  stalls = 0
  private readonly media: MediaBuffer
  private readonly clock = new WallClock()
  private readonly latency: LatencyControl
  private timescale = 90_000
  private jumpedAt = -Infinity
  private lastMediaAt = performance.now()
  private isPlaying = false

  /** `calmS`: how much is buffered ahead on a calm link; the default is for one large picture. */
  constructor(
    private readonly video: HTMLVideoElement,
    private readonly events: PlayoutEvents,
    calmS?: () => number,
  ) {
    this.latency = new LatencyControl(calmS)
    this.media = new MediaBuffer(video, {
      appended: (mediaS, wallMs) => this.onAppended(mediaS, wallMs),
      broken: () => events.broken(),
    })
    video.addEventListener('waiting', this.onWaiting)
  }

  destroy(): void {
    this.video.removeEventListener('waiting', this.onWaiting)
    this.media.destroy()
  }

  init(mime: string, timescale: number, data: ArrayBuffer): void {
    this.timescale = timescale
    this.media.init(mime, data)
    this.latency.reset()
  }

  /** A binary message: wall clock and fragments. Raises RangeError for nonsense. */
  append(message: ArrayBuffer): void {
    const fragment = parseFragment(message, this.timescale)
    this.lastMediaAt = performance.now()
    this.latency.came(fragment.startS)
    this.media.append(fragment.startS, fragment.wallMs, fragment.data)
  }

  wallMs(): number | null {
    return this.clock.at(this.video.currentTime)
  }

  /** Some times a second. */
  tick(): void {
    const now = performance.now()
    if (this.video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || now - this.lastMediaAt > 1_000) return
    this.follow()
    const { rate, skipS } = this.latency.next(this.media.aheadS(), now)
    if (skipS > 0) this.jump(this.video.currentTime + skipS)
    if (this.video.playbackRate !== rate) this.video.playbackRate = rate
  }

  private onAppended(mediaS: number, wallMs: number): void {
    this.clock.add(mediaS, wallMs)
    this.clock.trim(this.video.currentTime)
    this.follow()
    if (this.video.paused) void this.video.play().catch(() => undefined)
    this.isPlaying = true
    this.events.playing()
  }

  private readonly onWaiting = () => {
    const now = performance.now()
    // Standing at the edge is a stall only when media flows: a silent camera must not push us away from it. And a jump of
    // our own waits, too.
    if (now - this.jumpedAt < JUMP_MS || now - this.lastMediaAt > 3_000 || !this.isPlaying) return
    this.stalls += 1
    this.latency.stalled(now)
  }

  private follow(): void {
    const wanted = this.media.wantedTime()
    if (wanted !== null) this.jump(wanted)
  }

  private jump(to: number): void {
    this.jumpedAt = performance.now()
    this.video.currentTime = to
  }
}
