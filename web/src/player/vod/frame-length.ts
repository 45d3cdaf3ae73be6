/** How long one frame lasts: as the media says, else learned from the times of the frames that were shown. Pure. */

const USUAL_FRAME_S = 1 / 25
// Shorter is a rounding, longer a gap or a seek.
const SHORTEST_S = 0.005
const LONGEST_S = 2
const REMEMBERED = 12
/** So far from a multiple a step may be, as a share of the frame. */
const ROUNDING = 0.12
/** More frames in a row are not dropped and still told from a gap. */
const MOST_DROPPED = 12
/** A length that was seen itself this often is no accident. */
const SURE = 3

export class FrameLength {
  private readonly steps: number[] = []
  private found = USUAL_FRAME_S
  /** Was seen itself, from one frame to the next. */
  private sure: number | null = null
  private told = false

  /** Seconds. Until frames were seen, those of the usual 25 fps. */
  get seconds(): number {
    return this.found
  }

  /**
   * While playing, a frame was shown `stepS` after the one before it. A busy browser drops frames: its steps are of
   * several frames each, and perhaps none is of one alone. So the length is the longest that all steps are multiples of,
   * but for one here and there, where one file follows another; and it gets no longer by a multiple of what it was.
   */
  shown(stepS: number): void {
    if (this.told || stepS < SHORTEST_S || stepS > LONGEST_S) return
    this.steps.push(stepS)
    if (this.steps.length > REMEMBERED) this.steps.shift()
    const found = measureOf(this.steps)
    if (found === null) return
    if (this.sure !== null && found > this.sure * 1.5 && isMultiple(found, this.sure)) {
      this.found = this.sure
      return
    }
    this.found = found
    const seen = this.steps.filter((step) => Math.abs(step - found) < found * ROUNDING)
    if (seen.length >= SURE) this.sure = found
    else if (this.sure !== null && Math.abs(found - this.sure) > found * ROUNDING) this.sure = null
  }

  /** The media says so itself: nothing has to be learned. */
  tell(seconds: number): void {
    if (seconds < SHORTEST_S || seconds > LONGEST_S) return
    this.found = seconds
    this.told = true
  }

  /** Other footage comes, whose frames may be longer. */
  forget(): void {
    this.steps.length = 0
    this.sure = null
    this.told = false
  }
}

/** The middle step between pictures that follow each other on the screen; null of fewer than two. `times` in any order. */
export function middleStep(times: readonly number[]): number | null {
  const sorted = [...times].sort((a, b) => a - b)
  const steps = sorted.slice(1).map((time, index) => time - (sorted[index] ?? time))
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? null
}

/** The longest length that the steps are multiples of; null where nothing fits. */
function measureOf(steps: readonly number[]): number | null {
  const odd = steps.length < 4 ? 0 : 1
  const sorted = [...steps].sort((a, b) => a - b)
  // The shortest that counts is one frame, or a few.
  const shortest = sorted[odd] ?? sorted[0]
  if (shortest === undefined) return null
  for (const parts of [1, 2, 3, 4]) {
    const length = shortest / parts
    if (length < SHORTEST_S) break
    const fitting = steps.filter((step) => isMultiple(step, length))
    if (steps.length - fitting.length <= odd) return averageOf(fitting, length)
  }
  return sorted[Math.floor(sorted.length / 4)] ?? null
}

function isMultiple(step: number, length: number): boolean {
  const frames = Math.round(step / length)
  return frames >= 1 && frames <= MOST_DROPPED && Math.abs(step - frames * length) < length * ROUNDING
}

/** Time stamps are rounded: all steps together say it better than one. */
function averageOf(steps: readonly number[], length: number): number {
  const frames = steps.reduce((sum, step) => sum + Math.round(step / length), 0)
  return steps.reduce((sum, step) => sum + step, 0) / frames
}
