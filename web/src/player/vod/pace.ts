/** Watches whether a video element holds a speed: whether it gets, decodes and shows what it is to. */

import { held } from './trick/plan'

const EVERY_MS = 1_000
// One bad second is a hiccup.
const MOST_LATE = 2

export class Pace {
  private timer: number | undefined

  constructor(
    private readonly video: HTMLVideoElement,
    /** Frames in a second of the footage. */
    private readonly fps: () => number,
    private readonly onLate: (rate: number) => void,
  ) {}

  watch(rate: number): void {
    this.stop()
    // At this speed there is nothing that could be done about it.
    if (rate <= 1) return
    let last = this.look()
    let late = 0
    this.timer = window.setInterval(() => {
      const now = this.look()
      const passed = {
        elapsedS: (now.at - last.at) / 1000,
        mediaS: now.mediaS - last.mediaS,
        pictures: now.pictures - last.pictures,
      }
      last = now
      if (this.video.paused || this.video.seeking || passed.mediaS < 0) return
      late = held(passed, rate, this.fps()) ? 0 : late + 1
      if (late < MOST_LATE) return
      this.stop()
      this.onLate(rate)
    }, EVERY_MS)
  }

  stop(): void {
    window.clearInterval(this.timer)
  }

  private look() {
    const { totalVideoFrames, droppedVideoFrames } = this.video.getVideoPlaybackQuality()
    return {
      at: performance.now(),
      mediaS: this.video.currentTime,
      pictures: totalVideoFrames - droppedVideoFrames,
    }
  }
}
