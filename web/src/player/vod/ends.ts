/** What the player does where footage ends: in a gap, at the end of what its playlist holds, and at the present. */

import type { FootageMap } from './footage-map'
import type { Locate, VodState } from './state'

type Found = Awaited<ReturnType<Locate>>

/** The player, as far as it is needed here. */
export interface Playhead {
  state(): VodState
  change(changed: Partial<VodState>): void
  /** Where the playhead is to be. */
  target(): number
  map(): FootageMap | null
  /** Where the open playlist begins; null without one. */
  windowStart(): number | null
  /** To an instant of the open playlist. */
  goTo(at: number): void
  /** Opens a playlist around an instant. */
  open(at: number): void
  pause(): void
  /** What was last shown is not to be seen any more. */
  clear(): void
  locate(at: number): Promise<Found>
  /** Tells, when called later, whether the same playlist is still open. */
  current(): () => boolean
}

const EDGE_RETRY_MS = 2_000
const REOPEN_MS = 1_000
/** Gaps shorter than this are not worth a word. */
export const SKIP_MS = 1_500
/** Closer to the present than this, want of data means that it is not recorded yet. */
export const LIVE_MS = 15_000

export class Ends {
  private timer: number | undefined
  /** It is asked what there is before the first footage. */
  private looksBack = false

  constructor(
    private readonly player: Playhead,
    private readonly now: () => number,
  ) {}

  /** Whatever was waited for is of no interest any more. */
  forget(): void {
    window.clearTimeout(this.timer)
  }

  /** Nothing is to be had at the playhead, and the playlist goes on at `next`. */
  inGap(next: number | null): void {
    const { player } = this
    const { phase, live } = player.state()
    const waiting = phase === 'edge' && live
    if (waiting && next !== null) {
      // What was waited for has begun, a little later than here.
      player.goTo(next)
      return
    }
    const target = player.target()
    // Until it is known why there is nothing: the newest seconds are no gap.
    const young = next === null && this.now() - target < LIVE_MS
    if (!waiting) player.change({ phase: young ? 'loading' : 'gap', next, gap: null, buffering: false })
    const open = player.current()
    const current = () => open() && player.target() === target
    player.locate(target).then(
      (found) => {
        if (!current()) return
        if (this.goesBack() && found.previous !== null) {
          player.open(Math.min(found.previous, target) - 1)
          return
        }
        // Recorded, but not in the playlist before its group of pictures is whole.
        const justRecorded = found.recorded && this.now() - target < LIVE_MS
        if (found.pending || justRecorded) {
          player.change({ phase: 'edge', live: true, next: null, gap: null, buffering: false })
          this.timer = window.setTimeout(() => player.open(target), REOPEN_MS)
          return
        }
        player.clear()
        // What the playlist does not list (its file is gone) may be recorded by the index: the playlist is right.
        player.change({ phase: 'gap', live: false, next: next ?? found.next, gap: found.gap })
      },
      () => {
        // Without an answer the gap is still shown; only its cause is missing.
        if (!current()) return
        player.clear()
        player.change({ phase: 'gap', live: false, next })
      },
    )
  }

  /** No more pictures in the playlist, in the direction of play. */
  reached(): void {
    const { player } = this
    if (player.state().rate > 0) {
      this.playedThrough()
      return
    }
    const start = player.windowStart()
    const first = player.map()?.startMs
    if (start === null || first === undefined || first === null) return
    if (first <= start + SKIP_MS) player.open(first - 1)
    // Footage that begins within the window has a gap before it, or is the first.
    else if (!this.looksBack) void this.beforeFirst(first)
  }

  private async beforeFirst(first: number): Promise<void> {
    const { player } = this
    const current = player.current()
    this.looksBack = true
    const found = await player.locate(first - 1).catch(() => null)
    this.looksBack = false
    if (!current() || !this.goesBack()) return
    // What is recorded and can't be had has a gap in its place.
    if (found?.recorded && found.gap === null) player.open(first - 1)
    else if (found && found.previous !== null) player.open(Math.min(found.previous, first) - 1)
    else {
      player.pause()
      if (found) player.change({ oldest: true })
    }
  }

  private goesBack(): boolean {
    const { playing, rate } = this.player.state()
    return playing && rate < 0
  }

  /** The playlist is played through: go on where footage goes on, or wait for more at the edge. */
  playedThrough(): void {
    const { player } = this
    const end = player.map()?.endMs
    if (end === null || end === undefined || !player.state().playing) return
    const current = player.current()
    const goOn = (next: number | null) => {
      if (!current() || !player.state().playing) return
      if (next === null) {
        player.change({ phase: 'edge', live: this.now() - end < LIVE_MS, buffering: false })
        this.timer = window.setTimeout(() => this.playedThrough(), EDGE_RETRY_MS)
        return
      }
      if (next - end > SKIP_MS) player.change({ skipped: { from: end, to: next } })
      player.change({ live: false })
      player.open(next)
    }
    player.locate(end + 1).then(
      (found) => goOn(found.recorded ? end + 1 : found.next),
      () => goOn(null),
    )
  }
}
