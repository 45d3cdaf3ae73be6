/** The playlist around the playhead: which one is open, when another has to be, and what is done when it can't be had. */

import type { Fetched } from './first-picture'
import { Playlist, windowAround, type Loaded, type Window } from './playlist'
import type { VodState } from './state'

/** The player, as far as it is needed here. */
export interface Opener {
  readonly camera: string
  state(): VodState
  change(changed: Partial<VodState>): void
  /** Where the playhead is. */
  wallMs(): number
  /** Where the playhead is to be. */
  target(): number
  /** From now on it is to be here. */
  aim(at: number): void
  /** To where it is to be, in the playlist that was read. */
  arrive(): void
  /** What is shown belongs to a playlist that is about to go. */
  keep(): void
  /** What was last shown is not to be seen any more. */
  clear(): void
  /** Nothing moves until the playlist is there. */
  halt(): void
  /** The playlist's times are exact now. */
  timed(): void
  measured(sample: Loaded): void
  fetched(piece: Fetched): void
}

const COVERED_MS = 1_000
// Clocks of browser and server may differ by this much: what lies further ahead is the future.
const FUTURE_MS = 5_000

// A volume that went away is noticed within ten seconds.
const LOOK_MS = 2_000
const KNOWN_MS = 20_000
const LOST_MS = 60_000

const nothing = () => undefined

export class Opened {
  private open_: Playlist | null = null
  /** Clears away what was open before, once the next playlist is asked for: that is what one waits for. */
  private leave: () => void = nothing
  private generation = 0
  private openedAt = 0
  private lostAt = -Infinity

  constructor(
    private readonly player: Opener,
    private readonly now: () => number,
  ) {}

  get playlist(): Playlist | null {
    return this.open_
  }

  /** Tells, when called later, whether the same playlist is still open. */
  current(): () => boolean {
    const { generation } = this
    return () => generation === this.generation
  }

  /** Whether the open playlist says all there is to say about an instant. */
  covers(wallMs: number): boolean {
    if (!this.open_) return false
    const { start, end } = this.open_.window
    if (wallMs < start || wallMs >= end) return false
    const known = this.open_.map().endMs
    // Past its last footage more may have been recorded since; asking again and again while dragging is of no use.
    return (known !== null && wallMs < known) || this.now() - this.openedAt < COVERED_MS
  }

  open(at: number): void {
    const { player } = this
    this.generation += 1
    const current = this.current()
    this.openedAt = this.now()
    player.halt()
    this.leave()
    const before = this.open_
    this.leave = () => {
      this.leave = nothing
      player.keep()
      before?.destroy()
    }
    this.open_ = null
    player.change({ arrived: false })
    if (at > this.now() + FUTURE_MS) {
      this.leave()
      player.clear()
      player.change({ phase: 'future', buffering: false, next: null, gap: null, live: false, message: '' })
      return
    }
    // While it waits at the live edge it looks again every second; what is said about that stays.
    const { phase, live } = player.state()
    if (!(phase === 'edge' && live))
      player.change({ phase: 'loading', buffering: true, next: null, gap: null, live: false, message: '' })
    this.open_ = this.load(windowAround(at), current)
    window.setTimeout(() => this.leave())
  }

  private load(window_: Window, current: () => boolean): Playlist {
    const { player } = this
    return new Playlist(player.camera, player.state().stream, window_, {
      loaded: () => {
        if (!current()) return
        this.leave()
        player.arrive()
      },
      failed: (kind, message) => {
        if (!current()) return
        this.leave()
        if (kind === 'gone' && this.again()) return
        player.clear()
        const phase = kind === 'unsupported' ? 'unsupported' : 'failed'
        player.change({ phase, message, buffering: false })
      },
      timed: () => {
        if (current()) player.timed()
      },
      tracks: (sound) => {
        if (current()) player.change({ sound })
      },
      measured: (sample) => {
        if (current()) player.measured(sample)
      },
      fetched: (piece) => {
        if (current()) player.fetched(piece)
      },
    })
  }

  /** Footage went away since the playlist was read: a new one says so, once the server knows. */
  private again(): boolean {
    if (this.now() - this.lostAt > LOST_MS) this.lostAt = this.now()
    else if (this.now() - this.lostAt > KNOWN_MS) return false
    const { player } = this
    player.aim(player.wallMs())
    const current = this.current()
    this.open_?.destroy()
    this.open_ = null
    player.change({ buffering: true })
    window.setTimeout(() => {
      if (current()) this.open(player.target())
    }, LOOK_MS)
    return true
  }

  destroy(): void {
    this.generation += 1
    this.leave()
    this.open_?.destroy()
    this.open_ = null
  }
}
