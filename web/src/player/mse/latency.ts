/**
 * How close to the live edge to play. Media comes in steps, of one frame or of half a second, so what is buffered ahead
 * swings like a saw; what counts is its low point: above the target there is delay to give away, at zero the picture stalls.
 */

/** Lowest wanted buffer ahead, seconds, on a calm link. */
export const CALM_TARGET_S = 0.08
const LONGEST_TARGET_S = 1
const STALL_STEP_S = 0.15
const RELAX_AFTER_MS = 20_000
const WINDOW_MS = 2_000
const SEEK_ABOVE_S = 1.5
// What the server sends first (from the last key frame on) is not played through but skipped, but for this much.
const START_MS = 2_000
const LONGEST_STEP_S = 0.6
const START_SLACK_S = 0.1
// The first ones are of parts that were written already.
const STEPS = 8

export interface Correction {
  rate: number
  /** Jump ahead by this many seconds instead; 0 for none. */
  skipS: number
}

export class LatencyControl {
  private samples: { at: number; ahead: number }[] = []
  /** Seconds added to the calm target by stalls. */
  private extraS = 0
  private lastStall = 0
  private started: number | null = null
  private steps: number[] = []
  private lastStartS: number | null = null

  /** `calmS`: the lowest wanted buffer at this moment, seconds. */
  constructor(private readonly calmS: () => number = () => CALM_TARGET_S) {}

  get targetS(): number {
    return Math.min(LONGEST_TARGET_S, this.calmS() + this.extraS)
  }

  /** What to do, given the seconds buffered ahead of the playhead at `now` (any millisecond clock). */
  next(aheadS: number, now: number): Correction {
    this.samples.push({ at: now, ahead: aheadS })
    while (this.samples[0] && this.samples[0].at < now - WINDOW_MS) this.samples.shift()
    if (this.extraS > 0 && now - this.lastStall > RELAX_AFTER_MS) {
      this.extraS = Math.max(0, this.extraS - STALL_STEP_S)
      this.lastStall = now
    }
    const target = this.targetS
    this.started ??= now
    const startAheadS = this.stepS + START_SLACK_S
    if (now - this.started < START_MS && aheadS - target > startAheadS + 0.1)
      return this.skip(aheadS - target - startAheadS)
    // Far behind (a tab that slept, a burst after a pause) needs no second look.
    if (aheadS - target > SEEK_ABOVE_S * 2) return this.skip(aheadS - target - 0.5)
    if (now - (this.samples[0]?.at ?? now) < WINDOW_MS / 2) return { rate: 1, skipS: 0 }
    const excess = Math.min(...this.samples.map((sample) => sample.ahead)) - target
    if (excess > SEEK_ABOVE_S) return this.skip(excess)
    return { rate: excess > 0.2 ? 1.1 : excess > 0.03 ? 1.03 : 1, skipS: 0 }
  }

  /** A fragment came whose first frame is at `startS` of its run. */
  came(startS: number): void {
    if (this.lastStartS !== null && startS > this.lastStartS) {
      this.steps.push(startS - this.lastStartS)
      if (this.steps.length > STEPS) this.steps.shift()
    }
    this.lastStartS = startS
  }

  private get stepS(): number {
    if (this.steps.length < STEPS / 2) return LONGEST_STEP_S - START_SLACK_S
    const usual = this.steps.toSorted((a, b) => a - b)[Math.floor(this.steps.length / 2)] ?? 0
    return Math.min(LONGEST_STEP_S - START_SLACK_S, usual)
  }

  /** The picture stood still for want of data: stay further from the edge for a while. */
  stalled(now: number): void {
    // Beginning to play, and jumping to the edge, is waiting too.
    if (this.started === null || now - this.started < START_MS) return
    this.extraS = Math.min(LONGEST_TARGET_S - this.calmS(), this.extraS + STALL_STEP_S)
    this.lastStall = now
    this.samples = []
  }

  /** The time line began anew. */
  reset(): void {
    this.samples = []
    this.started = null
    this.steps = []
    this.lastStartS = null
  }

  private skip(seconds: number): Correction {
    this.samples = []
    return { rate: 1, skipS: seconds }
  }
}
