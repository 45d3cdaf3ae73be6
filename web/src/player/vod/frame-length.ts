/** How long one frame lasts, learned from the media times of the frames that were shown. Pure. */

const USUAL_FRAME_S = 1 / 25
// Shorter is a rounding, longer a gap or a seek.
const SHORTEST_S = 0.005
const LONGEST_S = 2
const REMEMBERED = 12

export class FrameLength {
  private readonly steps: number[] = []

  /** Seconds. Until frames were seen, those of the usual 25 fps. */
  get seconds(): number {
    const sorted = [...this.steps].sort((a, b) => a - b)
    return sorted[Math.floor(sorted.length / 4)] ?? USUAL_FRAME_S
  }

  /**
   * While playing, a frame was shown `stepS` after the one before it. A busy browser drops frames, so the short ones of
   * the last steps are those from frame to frame; the very shortest may be where one file follows another.
   */
  shown(stepS: number): void {
    if (stepS < SHORTEST_S || stepS > LONGEST_S) return
    this.steps.push(stepS)
    if (this.steps.length > REMEMBERED) this.steps.shift()
  }
}
