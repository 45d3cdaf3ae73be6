/** What brings a player that is off back to the clock. Pure. */

export interface Offset {
  /** Where the player is against the clock, milliseconds of footage: positive is ahead. */
  offMs: number
  /** The clock's rate, above 0. */
  rate: number
  /** It stands, and waits for the clock. */
  waits: boolean
  /** Since it last sought after the clock, milliseconds. */
  soughtMs: number
  /** How long its last seek took, milliseconds. */
  seekMs: number
  /** Its sound is heard: then it is moved with more care. */
  heard: boolean
}

export type Correction =
  | { kind: 'flow'; rate: number }
  /** Ahead: it stands until the clock has come to it. */
  | { kind: 'wait' }
  /** Too far behind to be caught up with: to where the clock will be by then, so far ahead of it now. */
  | { kind: 'seek'; aheadMs: number }

// All of these at the ordinary rate; at a higher one the same time is so much more footage.
const NEAR_MS = 4
const WAIT_MS = 120
const FAR_MS = 400
/** In how long an offset is made good. */
const OVER_MS = 700
const MOST = 0.25
const MOST_HEARD = 0.06
/** From play() to the first step of the element's clock, about. */
const START_MS = 15
const SEEK_EVERY_MS = 2_000
const LEAST_LEAD_MS = 60
const MOST_LEAD_MS = 2_000

export function correction({ offMs, rate, waits, soughtMs, seekMs, heard }: Offset): Correction {
  const off = offMs / Math.max(1, rate)
  // A machine that can't keep up gets nowhere by seeks alone: between them it plays, as late as it is.
  if (off < -FAR_MS && soughtMs > SEEK_EVERY_MS) {
    const lead = Math.min(MOST_LEAD_MS, Math.max(LEAST_LEAD_MS, seekMs * 1.2))
    return { kind: 'seek', aheadMs: lead * rate }
  }
  if (off > (waits ? START_MS : WAIT_MS)) return { kind: 'wait' }
  if (Math.abs(off) <= NEAR_MS) return { kind: 'flow', rate }
  const most = heard ? MOST_HEARD : MOST
  const nudge = Math.min(most, Math.max(-most, -off / OVER_MS))
  // In steps: each change costs the element something.
  return { kind: 'flow', rate: rate * (1 + Math.round(nudge * 100) / 100) }
}

/** How many times the ordinary rate so many cameras are played at; above it they are shown picture by picture. */
export function flowLimit(cameras: number): number {
  return Math.min(8, Math.max(1, 32 / Math.max(1, cameras)))
}

/** A running mean that follows in some steps: one measurement alone moves nobody. */
export class Smoothed {
  private value: number | null = null

  constructor(private readonly share = 0.35) {}

  add(measured: number): number {
    // A jump is one; only small differences are noise.
    const far = this.value === null || Math.abs(measured - this.value) > 100
    this.value = far ? measured : (this.value ?? 0) + (measured - (this.value ?? 0)) * this.share
    return this.value
  }

  forget(): void {
    this.value = null
  }
}
