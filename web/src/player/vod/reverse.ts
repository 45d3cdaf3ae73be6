/**
 * Moves a video element as no browser plays it, backwards or very fast: it is seek after seek, the next one as soon as a
 * frame is there, to where a clock of the wanted speed is by then. So the speed is true and the picture as smooth as the
 * browser decodes.
 */

export interface ReverseOptions {
  /** Seconds of media for each second that passes; negative is backwards. */
  rate: () => number
  /** Whether the element may be moved now; while not, time stands still. */
  ready: () => boolean
  /** How long frames last, seconds. */
  frameS: () => number
  /** The beginning or the end of the media was reached. */
  onEdge: () => void
}

export class Reverse {
  private frame = 0

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly options: ReverseOptions,
  ) {}

  start(): void {
    this.stop()
    const { video, options } = this
    video.pause()
    let last = performance.now()
    let wanted = video.currentTime
    let left = wanted
    const step = () => {
      this.frame = requestAnimationFrame(step)
      const now = performance.now()
      const moved = (options.rate() * (now - last)) / 1000
      last = now
      // Somebody else moved the playhead: on from there.
      if (Math.abs(video.currentTime - left) > 0.001) wanted = left = video.currentTime
      if (!options.ready()) return
      wanted += moved
      if (video.seeking || Math.abs(left - wanted) < options.frameS()) return
      if (wanted > 0 && !(wanted > video.duration)) video.currentTime = left = wanted
      else options.onEdge()
    }
    this.frame = requestAnimationFrame(step)
  }

  stop(): void {
    cancelAnimationFrame(this.frame)
    this.frame = 0
  }
}
