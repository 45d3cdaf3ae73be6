/**
 * What a tile shows when the computer can't keep up: every frame, key frames only, or stills by HTTP. Pure; fed once a
 * second with what was measured, and slow to change its mind.
 */

export const STEPS = ['all', 'keys', 'stills'] as const
export type Step = (typeof STEPS)[number]

/** Of the last second. */
export interface Load {
  /** Pictures that were to be shown, and of them those that were dropped. */
  frames: number
  dropped: number
  stalls: number
  /** How much later than asked for the page's timer ran, milliseconds. */
  lagMs: number
}

export interface Can {
  /** A decoder for single pictures (WebCodecs, in secure contexts). */
  keys: boolean
}

// So many bad seconds of the last ones are no accident.
const WINDOW = 8
const BAD = 5
const CALM_S = 60
const LONGEST_CALM_S = 600
// Less than this is better than a picture every other second.
const DROPPED_SHARE = 0.3
const LEAST_DROPPED = 2
const LAG_MS = 600
const STALLS = 1
// After a change it takes a while until it shows.
const SETTLE_S = 5

export function isBad(load: Load): boolean {
  if (load.lagMs > LAG_MS || load.stalls > STALLS) return true
  return load.dropped >= LEAST_DROPPED && load.dropped > DROPPED_SHARE * load.frames
}

export interface Degrading {
  step: Step
  /** Whether each of the last seconds was bad, newest last. */
  seconds: readonly boolean[]
  /** Seconds since the step changed. */
  since: number
  /** Seconds without a bad one. */
  calm: number
  /** How long it must be calm before more is tried; grows each time that was too much. */
  calmS: number
  /** It was stepped up to this step lately: falling back again makes the next try wait longer. */
  tried: boolean
}

export const BEGIN: Degrading = {
  step: 'all',
  seconds: [],
  since: 0,
  calm: 0,
  calmS: CALM_S,
  tried: false,
}

/** One second later. */
export function next(now: Degrading, load: Load, can: Can): Degrading {
  const bad = isBad(load)
  const since = now.since + 1
  // What happens while decoders begin anew says nothing.
  const settling = now.seconds.length === 0 && since <= SETTLE_S && now.since < SETTLE_S
  const seconds = settling ? [] : [...now.seconds, bad].slice(-WINDOW)
  const calm = bad ? 0 : now.calm + 1
  const held = { ...now, seconds, since, calm }
  if (seconds.filter(Boolean).length >= BAD) {
    const lower = below(now.step, can)
    if (lower === null) return held
    const calmS = now.tried ? Math.min(LONGEST_CALM_S, now.calmS * 2) : now.calmS
    return { ...BEGIN, step: lower, calmS }
  }
  if (calm >= now.calmS) {
    const upper = above(now.step, can)
    // A long good time is forgiving.
    if (upper === null) return { ...held, calm: 0, calmS: CALM_S, tried: false }
    return { ...BEGIN, step: upper, calmS: now.calmS, tried: true }
  }
  return held
}

function below(step: Step, can: Can): Step | null {
  if (step === 'all') return can.keys ? 'keys' : 'stills'
  return step === 'keys' ? 'stills' : null
}

function above(step: Step, can: Can): Step | null {
  if (step === 'stills') return can.keys ? 'keys' : 'all'
  return step === 'keys' ? 'all' : null
}

/** What the tile says about it; empty while all is shown. */
export function says(step: Step): string {
  if (step === 'keys') return "key frames only: this computer can't keep up"
  return step === 'stills' ? "stills only: this computer can't keep up" : ''
}
