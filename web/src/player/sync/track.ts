/**
 * One camera of several on one clock: its recorded footage in a video element, held to the clock by small changes of its
 * speed, and by a seek only when it is far off. In a gap it says why, and comes back by itself.
 */

import type { StreamKind } from '@/api/types'
import { Observable, type PlayerEngine } from '../engine'
import { Hang } from '../hang'
import { playAloud } from '../play'
import type { Place } from '../vod/footage-map'
import { FrameClock } from '../vod/frame-clock'
import { LastFrame } from '../vod/last-frame'
import { Playlist, windowAround, type Buffers, type Failed } from '../vod/playlist'
import type { GapInfo, Locate } from '../vod/vod-player'
import type { Standing } from './conduct'
import { correction, Smoothed } from './correction'
import type { Beat, Member, SyncGroup } from './group'

export interface TrackState {
  /** `gap`: nothing was recorded at the clock's instant. `refused`: it may not be watched (any more). */
  phase: 'loading' | 'ready' | 'gap' | 'unsupported' | 'failed' | 'refused'
  stream: StreamKind
  /** It has been awaited for some time; the others may go on meanwhile. */
  buffering: boolean
  /** In a gap: what is missing and why, null while that is not known. */
  gap: GapInfo | null
  /** In a gap: where its footage goes on, null where it does not (yet). */
  next: number | null
  message: string
}

// Closer to the present than this, want of data means that it is not recorded yet.
const LIVE_MS = 15_000
/** A playlist that did not reach the present is asked for again. */
const STALE_MS = 5_000
const RETRY_MS = 15_000
const LOOK_MS = 3_000
/** Footage that begins so soon is made ready in the gap before it. */
const PREPARE_MS = 60_000
const LATE_MS = 400
// Longer ones may be those that a busy browser dropped, and no frame is missed by aiming at less than its middle.
const USUAL_FRAME_S = 0.04
/** As near as this an element is where it was put. */
const THERE_S = 0.002
/** A picture so far ahead of the clock is of after a gap. */
const BEYOND_MS = 400
const STUCK_MS = 1_500

/** Less is kept of each the more there are: all of them are in memory at once. */
export function buffersFor(cameras: number): Buffers {
  return cameras > 4 ? { aheadS: 8, behindS: 6 } : { aheadS: 15, behindS: 15 }
}

export class SyncTrack extends Observable<TrackState> implements PlayerEngine<TrackState>, Member {
  private video: HTMLVideoElement | null = null
  private playlist: Playlist | null = null
  private loaded = false
  private frames: FrameClock | null = null
  private lastFrame: LastFrame | null = null
  private leave: (() => void) | null = null
  private openedAt = 0
  private generation = 0
  private failedAt: number | null = null
  /** It is ahead, and stands until the clock is there. */
  private waits = false
  /** It was put where it is since it last played. */
  private stands = false
  private readonly offset = new Smoothed()
  private readonly hang: Hang
  private seekBegan: number | null = null
  private seekMs = 150
  private chasedAt = -Infinity
  private awaitedSince: number | null = null
  private gapKey: string | null = null
  /** When to look again whether there is still nothing. */
  private lookAt = 0
  private place: Place | null = null
  /** Where footage before the gap ended; undefined while that is asked. */
  private before: number | null | undefined
  private backwards = false
  private flows = true

  /** `streams`: the one to show, and what takes its place where it has nothing. */
  constructor(
    readonly camera: string,
    private readonly streams: readonly StreamKind[],
    private readonly group: SyncGroup,
    private readonly locate: Locate,
    private readonly now: () => number = Date.now,
    private readonly steady: () => number = () => performance.now(),
  ) {
    super({
      phase: 'loading',
      stream: streams[0] ?? 'main',
      buffering: true,
      gap: null,
      next: null,
      message: '',
    })
    this.hang = new Hang(steady)
  }

  attach(video: HTMLVideoElement): void {
    this.video = video
    video.playsInline = true
    this.frames = new FrameClock(video, () => this.onFrame())
    this.lastFrame = new LastFrame(video)
    video.addEventListener('seeked', this.onSeeked)
    this.leave = this.group.join(this)
    this.follow(this.group.current())
  }

  destroy(): void {
    this.leave?.()
    this.close()
    this.frames?.stop()
    this.lastFrame?.destroy()
    this.video?.removeEventListener('seeked', this.onSeeked)
    this.video = null
  }

  wallMs(): number | null {
    return this.frame()?.at ?? null
  }

  frame(): { at: number; lengthMs: number } | null {
    const { frames, playlist, video } = this
    if (!frames || !playlist || !video || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null
    const at = playlist.map().toWall(frames.mediaS())
    return at === null ? null : { at, lengthMs: frames.frameS * 1000 }
  }

  /** Asks again for what failed. */
  retry(): void {
    this.failedAt = null
    this.close()
    this.change({ phase: 'loading', message: '' })
    this.follow(this.group.current())
  }

  standing(): Standing {
    const { phase, next } = this.getState()
    switch (phase) {
      case 'unsupported':
      case 'failed':
      case 'refused':
        return { kind: 'out' }
      case 'gap':
        return this.backwards && this.previous() === undefined
          ? { kind: 'waiting' }
          : { kind: 'gap', previous: this.previous() ?? null, next }
      case 'loading':
        return { kind: 'waiting' }
      case 'ready':
        return { kind: this.there() ? 'ready' : 'waiting' }
    }
  }

  follow(beat: Beat): void {
    const { video } = this
    const { phase } = this.getState()
    if (!video || phase === 'refused' || phase === 'unsupported') return
    this.flows = beat.flows || !beat.running
    this.backwards = beat.rate < 0
    if (this.failedAt !== null && this.steady() - this.failedAt < RETRY_MS) return
    if (!this.playlist || !this.covers(beat.at)) this.open(beat)
    else if (this.loaded) this.show(video, this.playlist, beat)
  }

  private show(video: HTMLVideoElement, playlist: Playlist, beat: Beat): void {
    const place = playlist.map().place(beat.at)
    this.place = place
    if (place.kind === 'gap') {
      this.inGap(video, playlist, beat, place)
      return
    }
    this.gapKey = null
    this.change({ phase: 'ready', gap: null, next: null })
    playlist.start(video, place.mediaS)
    if (this.hang.found(video)) this.goTo(playlist.map().aim(beat.at, this.aimedFrameS()) ?? place.mediaS)
    else if (beat.running && beat.flows) this.flow(video, playlist, beat)
    else this.stand(video, playlist, beat.at)
    this.await(!this.there())
  }

  /** Shows the frame of an instant and stays there. While one seek is under way the newest wish waits. */
  private stand(video: HTMLVideoElement, playlist: Playlist, at: number): void {
    if (!video.paused) video.pause()
    this.waits = false
    this.offset.forget()
    const aim = playlist.map().aim(at, this.aimedFrameS())
    if (aim === null || video.seeking) return
    // Where it played, the browser may show a frame beside the one of its own time: a seek makes both agree.
    if (!this.stands || Math.abs(video.currentTime - aim) > THERE_S) this.goTo(aim)
    this.stands = true
  }

  private flow(video: HTMLVideoElement, playlist: Playlist, { at, rate }: Beat): void {
    this.stands = false
    const map = playlist.map()
    const wall = map.toWall(video.currentTime)
    if (wall === null || video.seeking || video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA) {
      this.offset.forget()
      if (video.paused && !this.waits) void playAloud(video)
      return
    }
    // Where it stands is exact; where it moves a measurement is a little off.
    if (video.paused) this.offset.forget()
    const offMs = this.offset.add(wall - at)
    const next = correction({
      offMs,
      rate,
      waits: this.waits,
      soughtMs: this.steady() - this.chasedAt,
      seekMs: this.seekMs,
      heard: !video.muted,
    })
    this.waits = next.kind === 'wait'
    if (next.kind === 'wait') {
      if (!video.paused) video.pause()
    } else if (next.kind === 'seek') {
      const frameS = this.aimedFrameS()
      this.chasedAt = this.steady()
      this.goTo(map.aim(at + next.aheadMs, frameS) ?? map.aim(at, frameS) ?? video.currentTime)
    } else {
      if (Math.abs(video.playbackRate - next.rate) > 0.001) video.playbackRate = next.rate
      if (video.paused) {
        this.offset.forget()
        void playAloud(video)
      }
    }
  }

  private aimedFrameS(): number {
    return Math.min(this.frames?.frameS ?? 0, USUAL_FRAME_S)
  }

  private goTo(mediaS: number): void {
    if (!this.video) return
    this.offset.forget()
    this.seekBegan = this.steady()
    this.video.currentTime = mediaS
  }

  private readonly onSeeked = () => {
    if (this.seekBegan !== null) this.seekMs += (this.steady() - this.seekBegan - this.seekMs) / 2
    this.seekBegan = null
    if ((this.video?.readyState ?? 0) >= HTMLMediaElement.HAVE_CURRENT_DATA) this.lastFrame?.drop()
    this.follow(this.group.current())
  }

  private onFrame(): void {
    this.lastFrame?.drop()
    const frame = this.frame()
    const beat = this.group.current()
    // In the media footage goes on where it goes on after a gap: not a frame of that is to be seen before its time.
    if (frame && beat.running && beat.flows && frame.at - beat.at > BEYOND_MS) this.follow(beat)
  }

  /** Whether its picture is that of the clock, and more of it is there. */
  private there(): boolean {
    const { video } = this
    if (!video) return false
    if (!this.flows) return this.seekBegan === null || this.steady() - this.seekBegan < STUCK_MS
    if (video.seeking || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return false
    return video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA || video.ended
  }

  private await(awaited: boolean): void {
    if (!awaited) this.awaitedSince = null
    else this.awaitedSince ??= this.steady()
    this.change({ buffering: this.awaitedSince !== null && this.steady() - this.awaitedSince > LATE_MS })
  }

  /** Whether the open playlist says all there is to say about an instant. */
  private covers(at: number): boolean {
    if (!this.playlist) return false
    const { start, end } = this.playlist.window
    if (at < start || at >= end) return false
    if (!this.loaded || this.steady() - this.openedAt < STALE_MS) return true
    // More may have been recorded since; it is read again by itself, but not where there was nothing at first.
    const known = this.playlist.map().endMs
    return end < this.now() || (known !== null && at < known) || this.now() - at > LIVE_MS
  }

  private open({ at, cameras }: Beat, stream = this.streams[0] ?? 'main'): void {
    this.lastFrame?.keep()
    this.close()
    if (stream !== this.getState().stream) this.frames?.forget()
    const { generation } = this
    const current = () => generation === this.generation
    this.failedAt = null
    this.openedAt = this.steady()
    this.change({ phase: 'loading', stream, message: '' })
    this.playlist = new Playlist(
      this.camera,
      stream,
      windowAround(at),
      {
        loaded: () => {
          if (!current()) return
          this.loaded = true
          this.follow(this.group.current())
        },
        failed: (kind, message) => {
          if (current()) this.onFailed(kind, message, stream)
        },
      },
      { buffers: buffersFor(cameras) },
    )
  }

  private close(): void {
    this.generation += 1
    this.playlist?.destroy()
    this.playlist = null
    this.loaded = false
    this.gapKey = null
    this.place = null
    this.before = undefined
    this.seekBegan = null
    this.chasedAt = -Infinity
    this.waits = false
    this.offset.forget()
  }

  private onFailed(kind: Failed, message: string, stream: StreamKind): void {
    this.close()
    this.lastFrame?.drop()
    const other = kind === 'unsupported' || kind === 'media' ? this.insteadOf(stream) : undefined
    if (other) {
      this.open(this.group.current(), other)
      return
    }
    this.failedAt = this.steady()
    const phase = kind === 'refused' || kind === 'unsupported' ? kind : 'failed'
    this.change({ phase, message, buffering: false })
  }

  /** The stream after this one in the order of preference. */
  private insteadOf(stream: StreamKind): StreamKind | undefined {
    return this.streams[this.streams.indexOf(stream) + 1]
  }

  private inGap(
    video: HTMLVideoElement,
    playlist: Playlist,
    beat: Beat,
    { previousEnd, next }: Place & { kind: 'gap' },
  ): void {
    if (!video.paused) video.pause()
    this.waits = false
    this.await(false)
    if (next !== null && next - beat.at < PREPARE_MS * Math.max(1, beat.rate)) {
      const aim = playlist.map().aim(next, this.aimedFrameS())
      if (aim !== null) {
        playlist.start(video, aim)
        if (!video.seeking && Math.abs(video.currentTime - aim) > THERE_S) this.goTo(aim)
      }
    }
    const key = `${previousEnd} ${next}`
    // What was said to be footage, and is a gap as well: what is before that is another question.
    const known = this.gapKey === key && !(this.before && beat.at < this.before)
    if (known && (next !== null || this.steady() < this.lookAt)) return
    if (!known) this.before = undefined
    this.gapKey = key
    this.lookAt = this.steady() + LOOK_MS
    if (!known) {
      this.lastFrame?.drop()
      // Until it is known why there is nothing: the newest seconds are no gap.
      this.change({ phase: next === null ? 'loading' : 'gap', gap: null, next })
    }
    void this.explain(beat.at, next)
  }

  private previous(): number | null | undefined {
    return (this.place?.kind === 'gap' ? this.place.previousEnd : null) ?? this.before
  }

  /** Why there is nothing at an instant; another stream that has something is shown in its place. */
  private async explain(at: number, next: number | null): Promise<void> {
    const { generation, gapKey } = this
    const { stream } = this.getState()
    const current = () => generation === this.generation && gapKey === this.gapKey
    const other = this.insteadOf(stream)
    try {
      const [found, instead] = await Promise.all([
        this.locate(this.camera, stream, at),
        other ? this.locate(this.camera, other, at) : null,
      ])
      if (!current()) return
      this.before = latest(found.previous, instead?.previous)
      if (other && instead?.recorded && !found.recorded) {
        this.open(this.group.current(), other)
        return
      }
      const young = found.pending || (found.recorded && this.now() - at < LIVE_MS)
      if (young) this.change({ phase: 'loading', gap: null, next: null })
      else this.change({ phase: 'gap', gap: found.gap, next: next ?? found.next })
    } catch {
      // Without an answer the gap is still shown; only its cause is missing.
      if (!current()) return
      this.before ??= null
      this.change({ phase: 'gap', next })
    }
  }
}

function latest(one: number | null, other: number | null | undefined): number | null {
  return one === null ? (other ?? null) : Math.max(one, other ?? one)
}
