/**
 * Recorded footage by the wall clock: seek to any instant, play at any speed, step by frames, go over gaps. Media comes
 * from one playlist for a few hours around the playhead; another takes over when the playhead leaves them.
 */

import type { StreamKind } from '@/api/types'
import { Observable, type PlayerEngine } from '../engine'
import { FrameClock } from './frame-clock'
import { LastFrame } from './last-frame'
import { Playlist, type Window } from './playlist'
import { Reverse } from './reverse'
import { HOUR } from '@/words/zone'

export interface VodState {
  /**
   * `gap`: nothing recorded at the playhead. `edge`: all that is recorded was played, or the playhead is at what is being
   * recorded now. `future`: that time has not come yet.
   */
  phase: 'loading' | 'ready' | 'gap' | 'edge' | 'future' | 'unsupported' | 'failed'
  /** What the person wants, also while data is awaited. */
  playing: boolean
  buffering: boolean
  /** Negative is backwards. */
  rate: number
  /** At a gap: the next footage, null when there is none (yet). */
  next: number | null
  /** At a gap: what is missing and why, null while that is not known. */
  gap: GapInfo | null
  /** Played up to the present: more comes as it is recorded. */
  live: boolean
  /** The gap that was last passed while playing. */
  skipped: { from: number; to: number } | null
  message: string
}

export interface GapInfo {
  start: number
  end: number
  cause: string
  detail: string
}

/** What is recorded at an instant: in a gap, why not, and where footage goes on. */
export type Locate = (
  camera: string,
  stream: StreamKind,
  at: number,
) => Promise<{
  recorded: boolean
  next: number | null
  gap: GapInfo | null
  /** So young that it is still on its way, or in the future. */
  pending: boolean
}>

const BEFORE_MS = HOUR
const AFTER_MS = 2 * HOUR
const EDGE_RETRY_MS = 2_000
const REOPEN_MS = 1_000
const SKIP_MS = 1_500
// Closer to the present than this, want of data means that it is not recorded yet.
const LIVE_MS = 15_000
// Clocks of browser and server may differ by this much: what lies further ahead is the future.
const FUTURE_MS = 5_000

export class VodPlayer extends Observable<VodState> implements PlayerEngine<VodState> {
  private video: HTMLVideoElement | null = null
  private playlist: Playlist | null = null
  private frames: FrameClock | null = null
  private lastFrame: LastFrame | null = null
  /** Where the playhead is to be, until the element is there. */
  private target: number
  private arrived = false
  private queuedSeek: number | null = null
  private timer: number | undefined
  private reverse: Reverse | null = null
  private lastWall: number | null = null
  private generation = 0
  private openedAt = 0

  constructor(
    private readonly camera: string,
    private readonly stream: StreamKind,
    at: number,
    private readonly locate: Locate,
    private readonly now: () => number = Date.now,
  ) {
    super({
      phase: 'loading',
      playing: true,
      buffering: true,
      rate: 1,
      next: null,
      gap: null,
      live: false,
      skipped: null,
      message: '',
    })
    this.target = at
  }

  attach(video: HTMLVideoElement): void {
    this.video = video
    video.playsInline = true
    this.frames = new FrameClock(video, () => this.onFrame())
    this.lastFrame = new LastFrame(video)
    this.reverse = new Reverse(video, {
      rate: () => this.getState().rate,
      ready: () => this.getState().phase === 'ready',
      frameS: () => this.frames?.frameS ?? 0,
      onBeginning: () => this.pause(),
    })
    for (const [type, listener] of this.handlers) video.addEventListener(type, listener)
    this.open(this.target)
  }

  destroy(): void {
    this.generation += 1
    window.clearTimeout(this.timer)
    this.reverse?.stop()
    this.playlist?.destroy()
    this.playlist = null
    this.frames?.stop()
    this.lastFrame?.destroy()
    const video = this.video
    if (video) for (const [type, listener] of this.handlers) video.removeEventListener(type, listener)
    this.video = null
  }

  wallMs(): number {
    const { phase } = this.getState()
    if (!this.arrived || phase === 'gap' || phase === 'future' || !this.video || !this.playlist)
      return this.target
    return this.playlist.map().toWall(this.frames?.mediaS() ?? this.video.currentTime) ?? this.target
  }

  seek(wallMs: number): void {
    this.target = Math.min(wallMs, this.now())
    window.clearTimeout(this.timer)
    const { phase } = this.getState()
    this.change({ skipped: null, live: false, phase: phase === 'edge' ? 'loading' : phase })
    this.lastWall = null
    if (this.covers(this.target)) this.goTo(this.target)
    else this.open(this.target)
  }

  /** Whether the open playlist says all there is to say about an instant. */
  private covers(wallMs: number): boolean {
    if (!this.playlist) return false
    const { start, end } = this.playlist.window
    if (wallMs < start || wallMs >= end) return false
    const known = this.playlist.map().endMs
    // Past its last footage more may have been recorded since; asking again and again while dragging is of no use.
    return (known !== null && wallMs < known) || this.now() - this.openedAt < REOPEN_MS
  }

  play(): void {
    if (this.getState().phase === 'gap') {
      this.continueAfterGap()
      return
    }
    this.change({ playing: true })
    if (this.getState().rate < 0) this.setRate(1)
    else this.resume()
  }

  pause(): void {
    const was = this.getState()
    this.change({ playing: false })
    this.reverse?.stop()
    if (!this.video) return
    this.video.pause()
    // The browser need not have told of the very last frame: a seek into the known one makes both agree.
    if (was.playing && was.phase === 'ready' && this.frames && this.arrived)
      this.video.currentTime = this.frames.middleNow()
  }

  toggle(): void {
    if (this.getState().playing) this.pause()
    else this.play()
  }

  /** From 0.25 to 16, negative for backwards. Also plays. */
  setRate(rate: number): void {
    this.change({ rate, playing: true })
    this.reverse?.stop()
    if (rate < 0) this.reverse?.start()
    else this.resume()
  }

  /** Pauses and shows the frame `frames` after this one (before it when negative). */
  step(frames: number): void {
    this.pause()
    if (!this.video || !this.frames || this.getState().phase !== 'ready') return
    this.video.currentTime = this.frames.middleOf(frames)
  }

  /** From a gap to the first footage after it. */
  continueAfterGap(): void {
    const { next } = this.getState()
    if (next === null) return
    this.change({ playing: true })
    this.seek(next)
  }

  private readonly handlers: [keyof HTMLVideoElementEventMap, () => void][] = [
    ['seeked', () => this.onSeeked()],
    ['waiting', () => this.onWaiting()],
    ['playing', () => this.onPlaying()],
    ['canplay', () => this.change({ buffering: false })],
    ['ended', () => this.onEnded()],
  ]

  private open(at: number): void {
    this.generation += 1
    const generation = this.generation
    this.openedAt = this.now()
    this.arrived = false
    this.queuedSeek = null
    this.lastFrame?.keep()
    this.playlist?.destroy()
    this.playlist = null
    if (at > this.now() + FUTURE_MS) {
      this.lastFrame?.drop()
      this.change({ phase: 'future', buffering: false, next: null, gap: null, live: false, message: '' })
      return
    }
    // While it waits at the live edge it looks again every second; what is said about that stays.
    if (!(this.getState().phase === 'edge' && this.getState().live))
      this.change({ phase: 'loading', buffering: true, next: null, gap: null, live: false, message: '' })
    const window_: Window = { start: at - BEFORE_MS, end: at + AFTER_MS }
    this.playlist = new Playlist(this.camera, this.stream, window_, {
      loaded: () => {
        if (generation === this.generation) this.onLoaded()
      },
      failed: (kind, message) => {
        if (generation !== this.generation) return
        this.lastFrame?.drop()
        this.change({ phase: kind === 'unsupported' ? 'unsupported' : 'failed', message, buffering: false })
      },
    })
  }

  private onLoaded(): void {
    this.goTo(this.target)
  }

  private goTo(wallMs: number): void {
    const { playlist, video } = this
    if (!playlist || !video) return
    const place = playlist.map().place(wallMs)
    if (place.kind === 'gap') {
      this.enterGap(place.next)
      return
    }
    this.arrived = false
    this.change({ phase: 'ready', next: null, gap: null, live: false })
    // A playlist that was opened in a gap has not been asked for media yet.
    playlist.start(video, place.mediaS)
    if (video.seeking && video.readyState > 0) {
      // While one seek is under way the newest wish waits: dragging must not pile up requests.
      this.queuedSeek = wallMs
      return
    }
    video.currentTime = playlist.map().aim(wallMs, this.frames?.frameS ?? 0) ?? place.mediaS
    if (this.getState().playing) this.resume()
  }

  private onSeeked(): void {
    const queued = this.queuedSeek
    this.queuedSeek = null
    if (queued !== null) {
      this.goTo(queued)
      return
    }
    this.arrived = true
    // A paused element need not tell of the frame that it shows.
    if ((this.video?.readyState ?? 0) >= HTMLMediaElement.HAVE_CURRENT_DATA) this.lastFrame?.drop()
    this.change({ buffering: false })
  }

  private resume(): void {
    const { video } = this
    const { rate, phase } = this.getState()
    if (!video || phase !== 'ready' || rate < 0) return
    video.playbackRate = rate
    void video.play().catch(() => {
      // The browser refuses sound before the first click: without sound it plays.
      video.muted = true
      void video.play().catch(() => undefined)
    })
  }

  private enterGap(next: number | null): void {
    this.video?.pause()
    this.arrived = false
    const { phase, live } = this.getState()
    const waiting = phase === 'edge' && live
    if (waiting && next !== null) {
      // What was waited for has begun, a little later than here.
      this.target = next
      this.goTo(next)
      return
    }
    // Until it is known why there is nothing: the newest seconds are no gap.
    const young = next === null && this.now() - this.target < LIVE_MS
    if (!waiting) this.change({ phase: young ? 'loading' : 'gap', next, gap: null, buffering: false })
    const generation = this.generation
    const { target } = this
    const current = () => generation === this.generation && this.target === target
    this.locate(this.camera, this.stream, target).then(
      (found) => {
        if (!current()) return
        // Recorded, but not in the playlist before its group of pictures is whole.
        const justRecorded = found.recorded && this.now() - target < LIVE_MS
        if (found.pending || justRecorded) {
          this.change({ phase: 'edge', live: true, next: null, gap: null, buffering: false })
          this.timer = window.setTimeout(() => this.open(target), REOPEN_MS)
          return
        }
        this.lastFrame?.drop()
        // What the playlist does not list (its file is gone) may be recorded by the index: the playlist is right.
        this.change({ phase: 'gap', live: false, next: next ?? found.next, gap: found.gap })
      },
      () => {
        // Without an answer the gap is still shown; only its cause is missing.
        if (!current()) return
        this.lastFrame?.drop()
        this.change({ phase: 'gap', live: false, next })
      },
    )
  }

  private onFrame(): void {
    if (!this.arrived) return
    this.lastFrame?.drop()
    const wall = this.wallMs()
    const { playing, rate } = this.getState()
    if (playing && rate > 0 && this.lastWall !== null && wall - this.lastWall > SKIP_MS * rate)
      this.change({ skipped: { from: this.lastWall, to: wall } })
    this.lastWall = wall
    this.target = wall
  }

  private onWaiting(): void {
    this.change({ buffering: true })
    if (!this.getState().playing || this.getState().rate < 0 || this.now() - this.wallMs() > LIVE_MS) return
    // At the present nothing can be played faster than it happens.
    this.change({ live: true, rate: 1 })
    if (this.video) this.video.playbackRate = 1
  }

  private onPlaying(): void {
    this.change({ buffering: false, live: false })
  }

  /** The playlist is played through: go on where footage goes on, or wait for more at the edge. */
  private onEnded(): void {
    const end = this.playlist?.map().endMs
    if (end === null || end === undefined || !this.getState().playing) return
    const generation = this.generation
    const goOn = (next: number | null) => {
      if (generation !== this.generation || !this.getState().playing) return
      if (next === null) {
        this.change({ phase: 'edge', live: this.now() - end < LIVE_MS, buffering: false })
        this.timer = window.setTimeout(() => this.onEnded(), EDGE_RETRY_MS)
        return
      }
      if (next - end > SKIP_MS) this.change({ skipped: { from: end, to: next } })
      this.target = next
      this.change({ live: false })
      this.open(next)
    }
    this.locate(this.camera, this.stream, end + 1).then(
      (found) => goOn(found.recorded ? end + 1 : found.next),
      () => goOn(null),
    )
  }
}
