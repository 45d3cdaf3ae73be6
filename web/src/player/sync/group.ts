/**
 * Several cameras on one clock. The clock runs while any of them has something to show, stands a moment for those that
 * are not there yet, and jumps where none of them has footage. The cameras are held to it each by itself (`track.ts`).
 */

import { Observable } from '../engine'
import type { Span } from '../marks'
import { Loop } from '../vod/loop'
import { MasterClock } from './clock'
import { conduct, type Standing } from './conduct'
import { flowLimit } from './correction'

/** What a camera is told, some times a second. */
export interface Beat {
  /** UTC milliseconds. */
  at: number
  /** Negative is backwards. */
  rate: number
  running: boolean
  /** Played as a video is; else it is shown picture by picture, as fast as they come. */
  flows: boolean
  /** So many cameras share the machine. */
  cameras: number
}

export interface Member {
  readonly camera: string
  standing(): Standing
  follow(beat: Beat): void
  /** The picture that it shows: when it was taken and how long it lasts, milliseconds; null where there is none. */
  frame(): { at: number; lengthMs: number } | null
}

export interface GroupState {
  /** What the person wants, also while cameras are awaited. */
  playing: boolean
  rate: number
  /** `ended`: nothing more is recorded in this direction. */
  phase: 'ready' | 'ended'
  /** Where the clock last jumped over what no camera recorded. */
  skipped: { from: number; to: number } | null
}

const BEAT_MS = 40
const USUAL_FRAME_MS = 40
// Nothing can be played faster than it happens.
const EDGE_MS = 6_000
/** A picture further from the clock than this is not the one that a person means. */
const SAME_MS = 500

export class SyncGroup extends Observable<GroupState> {
  private readonly members = new Set<Member>()
  private readonly clock: MasterClock
  private heldSince: number | null
  private timer: number | undefined
  private lead: string | null = null
  private readonly loop = new Loop((to) => this.moveTo(to))

  constructor(
    at: number,
    private readonly now: () => number = Date.now,
    private readonly steady: () => number = () => performance.now(),
  ) {
    super({ playing: true, rate: 1, phase: 'ready', skipped: null })
    this.clock = new MasterClock(Math.min(at, now()), steady)
    this.heldSince = steady()
  }

  /** A camera takes part until the returned function is called. */
  join(member: Member): () => void {
    this.members.add(member)
    this.timer ??= window.setInterval(() => this.beat(), BEAT_MS)
    return () => {
      this.members.delete(member)
      if (this.members.size > 0) return
      window.clearInterval(this.timer)
      this.timer = undefined
      this.clock.hold()
      this.loop.destroy()
      this.heldSince = this.steady()
    }
  }

  wallMs(): number {
    return this.clock.at()
  }

  /** Plays a span again and again; null goes on after it. */
  setLoop(span: Span | null): void {
    this.loop.set(span, this.clock.at())
  }

  /** How long the frames are that steps count, milliseconds. */
  frameMs(): number {
    return this.shown()?.lengthMs ?? USUAL_FRAME_MS
  }

  /** The camera whose frames are counted in steps: another one where that is not there. */
  setLead(camera: string): void {
    this.lead = camera
  }

  seek(wallMs: number): void {
    this.change({ skipped: null })
    this.moveTo(wallMs)
  }

  play(): void {
    const { rate } = this.getState()
    this.setRate(rate < 0 ? 1 : rate)
  }

  /** The picture that is shown stays: the clock stands where it began. */
  pause(): void {
    const shown = this.getState().playing ? this.shown() : null
    this.clock.hold()
    if (shown) this.clock.set(shown.at)
    this.loop.moved(this.clock.at())
    this.change({ playing: false })
    this.beat()
  }

  toggle(): void {
    if (this.getState().playing) this.pause()
    else this.play()
  }

  /** Negative for backwards. Also plays. */
  setRate(rate: number): void {
    this.clock.setRate(rate)
    if (!this.getState().playing) this.heldSince = this.steady()
    this.change({ rate, playing: true, phase: 'ready' })
    this.beat()
  }

  /** Pauses and shows the instant of the leading camera's frame that is `frames` after the shown one. */
  step(frames: number): void {
    this.pause()
    const shown = this.shown()
    const length = shown?.lengthMs ?? USUAL_FRAME_MS
    // On its way to a frame it counts as there, so that quick steps add up.
    const there = shown !== null && Math.abs(shown.at - this.clock.at()) < length / 2
    this.moveTo((there ? shown.at : this.clock.at()) + frames * length)
  }

  /** What cameras are to do now. */
  current(): Beat {
    const { rate } = this.getState()
    const { running } = this.clock
    const cameras = this.members.size
    return { at: this.clock.at(), rate, running, flows: rate > 0 && rate <= flowLimit(cameras), cameras }
  }

  private moveTo(wallMs: number): void {
    this.clock.hold()
    this.clock.set(Math.min(wallMs, this.now()))
    this.loop.moved(this.clock.at())
    this.heldSince = this.steady()
    this.change({ phase: 'ready' })
    this.beat()
  }

  private beat(): void {
    this.stayInThePast()
    const beat = this.current()
    for (const member of this.members) member.follow(beat)
    const { playing, rate } = this.getState()
    const heldMs = this.heldSince === null ? null : this.steady() - this.heldSince
    const order = conduct(
      [...this.members].map((member) => member.standing()),
      { playing, backwards: rate < 0, heldMs },
    )
    if (order.kind === 'run') {
      this.heldSince = null
      this.clock.run()
      this.loop.onFrame(this.clock.at(), rate, USUAL_FRAME_MS)
    } else this.clock.hold()
    if (order.kind === 'jump') this.jump(order.to)
    this.change({ phase: order.kind === 'end' ? 'ended' : 'ready' })
  }

  private jump(over: number): void {
    const from = this.clock.at()
    const to = this.loop.turnsBefore(over, this.getState().rate, USUAL_FRAME_MS, from) ?? over
    this.moveTo(to)
    if (to === over) this.change({ skipped: { from, to } })
  }

  private stayInThePast(): void {
    const { rate } = this.getState()
    if (rate <= 1 || this.clock.at() < this.now() - EDGE_MS) return
    this.clock.setRate(1)
    this.change({ rate: 1 })
  }

  /** The picture of the leading camera, or of the first that shows the clock's instant. */
  private shown(): { at: number; lengthMs: number } | null {
    const at = this.clock.at()
    const all = [...this.members].sort(
      (a, b) => Number(b.camera === this.lead) - Number(a.camera === this.lead),
    )
    for (const member of all) {
      const frame = member.standing().kind === 'gap' ? null : member.frame()
      if (frame && Math.abs(frame.at - at) < SAME_MS) return frame
    }
    return null
  }
}
