/** Whether the clock of several cameras runs, stands or jumps. Pure. */

/** How one camera stands to the clock. */
export type Standing =
  /** Its picture is there, and more of it. */
  | { kind: 'ready' }
  /** It has footage there, or may have, and needs a moment. */
  | { kind: 'waiting' }
  /** Nothing was recorded; where its footage ended before and goes on after, null where there is none. */
  | { kind: 'gap'; previous: number | null; next: number | null }
  /** There is nothing to wait for: refused, broken, or not to be decoded here. */
  | { kind: 'out' }

export interface Wanted {
  playing: boolean
  backwards: boolean
  /** Since when it stands for those that are not ready after a start or a seek, milliseconds; null when it ran since. */
  heldMs: number | null
}

export type Order =
  | { kind: 'run' }
  | { kind: 'hold' }
  /** All are in a gap: to where the first of them has footage again. */
  | { kind: 'jump'; to: number }
  /** There is no more footage in this direction. */
  | { kind: 'end' }

/** So long the others wait for a slow camera, at a start and after a seek. */
export const PATIENCE_MS = 2_500

export function conduct(cameras: readonly Standing[], wanted: Wanted): Order {
  const hold: Order = { kind: 'hold' }
  if (!wanted.playing) return hold
  const some = (kind: Standing['kind']) => cameras.some((camera) => camera.kind === kind)
  if (some('waiting')) {
    // Without one that shows something there is nothing to go on with.
    const patient = wanted.heldMs !== null && wanted.heldMs < PATIENCE_MS
    return some('ready') && !patient ? { kind: 'run' } : hold
  }
  if (some('ready')) return { kind: 'run' }
  if (!some('gap')) return hold
  const borders = cameras.flatMap((camera) =>
    camera.kind === 'gap' ? ((wanted.backwards ? camera.previous : camera.next) ?? []) : [],
  )
  if (borders.length === 0) return { kind: 'end' }
  return { kind: 'jump', to: wanted.backwards ? Math.max(...borders) - 1 : Math.min(...borders) }
}
