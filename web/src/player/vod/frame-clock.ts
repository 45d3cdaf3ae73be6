/** Which frame of a video element is on the screen, and how long frames last. */

import { FrameLength } from './frame-length'

export class FrameClock {
  private shown: number | null = null
  private readonly length = new FrameLength()
  private handle = 0
  /** Where the last step led. */
  private aimed: number | null = null

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly onFrame: () => void,
  ) {
    this.ask()
  }

  /** How long frames last, seconds. */
  get frameS(): number {
    return this.length.seconds
  }

  /** Media time of the shown frame; a little ahead of it where the browser can't tell. */
  mediaS(): number {
    // A frame reported before a seek says nothing about after it.
    if (this.shown === null || Math.abs(this.shown - this.video.currentTime) > 0.5)
      return this.video.currentTime
    return this.shown
  }

  /** The middle of the frame that is `frames` after the shown one: seeking there can't land on a neighbour. */
  middleOf(frames: number): number {
    this.aimed = Math.max(0, this.stepsFrom() + (frames + 0.5) * this.frameS)
    return this.aimed
  }

  /** The frame that steps count from. On its way to one it already counts as there, so that quick steps add up. */
  private stepsFrom(): number {
    const at = this.video.currentTime
    const arriving = this.aimed !== null && Math.abs(at - this.aimed) < 0.001
    // A step's seek may be over before the browser tells of its frame.
    const told = this.shown !== null && at >= this.shown && at < this.shown + this.frameS
    return this.video.seeking || (arriving && !told) ? at - this.frameS / 2 : this.mediaS()
  }

  /** The middle of the frame that belongs to the element's own time. */
  middleNow(): number {
    const known = this.mediaS()
    const frames = Math.max(0, Math.floor((this.video.currentTime - known) / this.frameS))
    return known + (frames + 0.5) * this.frameS
  }

  /** How long frames last, as the media says. */
  tell(seconds: number): void {
    this.length.tell(seconds)
  }

  /** Footage of another stream comes. */
  forget(): void {
    this.length.forget()
  }

  stop(): void {
    this.video.cancelVideoFrameCallback(this.handle)
  }

  private ask(): void {
    this.handle = this.video.requestVideoFrameCallback((_, { mediaTime }) => {
      // Only at an ordinary pace frame follows frame.
      const { paused, seeking, playbackRate } = this.video
      if (this.shown !== null && !paused && !seeking && playbackRate <= 1)
        this.length.shown(mediaTime - this.shown)
      this.shown = mediaTime
      this.onFrame()
      this.ask()
    })
  }
}
