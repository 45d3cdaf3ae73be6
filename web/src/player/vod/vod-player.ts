/**
 * Recorded footage by the wall clock: seek to any instant, play at any speed, step by frames, go over gaps. Media comes
 * from one playlist for a few hours around the playhead; another takes over when the playhead leaves them.
 */

import type { StreamKind } from '@/api/types'
import { Observable, type PlayerEngine } from '../engine'
import { unhang } from '../hang'
import { Ends, LIVE_MS, SKIP_MS } from './ends'
import { FirstPicture, groupsIn, type Fetched } from './first-picture'
import { FrameClock } from './frame-clock'
import { middleStep } from './frame-length'
import { LastFrame } from './last-frame'
import { Loop } from './loop'
import { Opened } from './opened'
import type { Playlist } from './playlist'
import { Speed } from './speed'
import { initialState, type Locate, type VodState } from './state'
import { Streams } from './streams'
import type { Choice } from './uplink'
import type { Span } from '../marks'

export type { GapInfo, Locate, VodState } from './state'

// Wall clocks are in whole milliseconds.
const AIM_S = 0.002
// Two key frames that follow each other are this far apart at most.
const KEYS_APART_MS = 12_000
export class VodPlayer extends Observable<VodState> implements PlayerEngine<VodState> {
  private video: HTMLVideoElement | null = null
  private frames: FrameClock | null = null
  private lastFrame: LastFrame | null = null
  private readonly firstPicture = new FirstPicture()
  private speed: Speed | null = null
  private endWatch: (() => void) | null = null
  private readonly now: () => number
  private readonly loop = new Loop((to) => this.seek(to))
  private readonly ends: Ends
  private readonly streams = new Streams({
    state: this.getState,
    change: (changed) => this.change(changed),
    take: (stream) => this.take(stream),
  })
  /** Where the playhead is to be, until the element is there. */
  private target: number
  private queuedSeek: number | null = null
  /** What was asked for by name, while nothing has moved the playhead since. */
  private asked: number | null = null
  private lastWall: number | null = null
  private readonly opened: Opened

  constructor(
    readonly camera: string,
    stream: StreamKind,
    at: number,
    private readonly locate: Locate,
    { playing = true, now = Date.now }: { playing?: boolean; now?: () => number } = {},
  ) {
    super({ ...initialState(stream), playing })
    this.now = now
    this.target = this.asked = at
    this.opened = this.makeOpened()
    this.ends = this.makeEnds()
  }

  attach(video: HTMLVideoElement): void {
    this.video = video
    video.playsInline = true
    this.frames = new FrameClock(video, () => this.onFrame())
    this.lastFrame = new LastFrame(video)
    this.speed = new Speed(video, {
      playlist: () => this.playlist,
      rate: () => this.getState().rate,
      ready: () => this.getState().phase === 'ready',
      frameS: () => this.frames?.frameS ?? 0.04,
      shows: (shows) => this.change({ shows }),
      shown: () => this.onPicture(),
      edge: () => this.ends.reached(),
      again: () => this.proceed(),
    })
    for (const [type, listener] of this.handlers) video.addEventListener(type, listener)
    // A seek that never ends would hold up all that are asked for after it.
    this.endWatch = unhang(video)
    this.opened.open(this.target)
  }

  destroy(): void {
    this.opened.destroy()
    this.ends.forget()
    this.loop.destroy()
    this.speed?.destroy()
    this.frames?.stop()
    this.lastFrame?.destroy()
    this.firstPicture.destroy()
    this.endWatch?.()
    const video = this.video
    if (video) for (const [type, listener] of this.handlers) video.removeEventListener(type, listener)
    this.video = null
  }

  private get playlist(): Playlist | null {
    return this.opened.playlist
  }

  wallMs(): number {
    const { phase, arrived } = this.getState()
    if (!arrived || phase === 'gap' || phase === 'future' || !this.video || !this.playlist) return this.target
    return this.playlist.map().toWall(this.mediaS()) ?? this.target
  }

  /** How long a frame is shown, milliseconds of footage. */
  frameMs(): number {
    return (this.frames?.frameS ?? 0) * 1000
  }

  /** What has the shown picture in it. */
  picture(): HTMLVideoElement | HTMLCanvasElement | null {
    return this.speed?.picture ?? this.video
  }

  seek(wallMs: number): void {
    this.target = this.asked = Math.min(wallMs, this.now())
    this.ends.forget()
    this.loop.moved(this.target)
    const { phase } = this.getState()
    this.change({
      skipped: null,
      oldest: false,
      live: false,
      phase: phase === 'edge' ? 'loading' : phase,
      arrived: false,
    })
    this.lastWall = null
    if (this.opened.covers(this.target)) this.goTo(this.target)
    else this.opened.open(this.target)
  }

  play(): void {
    if (this.getState().phase === 'gap') {
      this.continueAfterGap()
      return
    }
    this.change({ playing: true, oldest: false })
    if (this.getState().rate < 0) this.setRate(1)
    else this.proceed()
  }

  pause(): void {
    const was = this.getState()
    this.change({ playing: false })
    this.loop.moved(this.wallMs())
    const { video, speed } = this
    if (!video || !speed) return
    if (speed.showing) {
      // The element comes to where the last picture was.
      this.target = this.wallMs()
      speed.halt()
      this.change({ arrived: false })
      this.goTo(this.target)
      return
    }
    speed.halt()
    video.pause()
    // The browser need not have told of the very last frame: a seek into the known one makes both agree.
    if (was.playing && was.phase === 'ready' && this.frames && was.arrived)
      video.currentTime = this.frames.middleNow()
  }

  toggle(): void {
    const { playing, phase } = this.getState()
    // Nothing is played in a gap: from there it goes on.
    if (playing && phase !== 'gap') this.pause()
    else this.play()
  }

  /** From 1/8 to 32, negative for backwards. Also plays. */
  setRate(rate: number): void {
    this.change({ rate, playing: true, oldest: false })
    this.proceed()
  }

  /** 0 to 1. */
  setVolume(volume: number): void {
    if (this.video) this.video.volume = volume
  }

  /** Plays a span again and again; null goes on after it. */
  setLoop(span: Span | null): void {
    this.loop.set(span, this.wallMs())
  }

  /** Which recording is shown: `auto` takes the sub-stream's where the line does not carry main's. */
  choose(choice: Choice, hasSub: boolean): void {
    this.streams.choose(choice, hasSub)
  }

  /** Pauses and shows the frame `frames` after this one (before it when negative). */
  step(frames: number): void {
    this.pause()
    if (!this.video || !this.frames || this.getState().phase !== 'ready') return
    this.asked = null
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
    ['ended', () => this.ends.playedThrough()],
  ]

  private take(stream: StreamKind): void {
    if (stream === this.getState().stream) return
    const at = this.wallMs()
    this.change({ stream })
    this.frames?.forget()
    this.target = at
    if (this.video) this.opened.open(at)
  }

  /** Until the element has the very frame, the key frame before it is shown. */
  private showFirst(piece: Fetched): void {
    const { target } = this
    const groups = groupsIn(piece)
    const lengthS = middleStep(groups.flatMap(({ pictures }) => pictures.map(({ mediaS }) => mediaS)))
    if (lengthS !== null) this.frames?.tell(lengthS)
    const aim = this.playlist?.map().aim(target, 0) ?? null
    const wanted = () => {
      const { arrived, phase } = this.getState()
      return !arrived && phase === 'ready' && this.target === target && !this.speed?.showing
    }
    if (aim === null || !wanted()) return
    void this.firstPicture.show(groups, piece, aim, wanted, (frame) => this.lastFrame?.replace(frame))
  }

  private goTo(wallMs: number): void {
    const { playlist, video, speed } = this
    if (!playlist || !video || !speed) return
    const { playing, rate } = this.getState()
    const place = playlist.map().place(wallMs)
    if (place.kind === 'gap' && playing && rate < 0 && place.previousEnd !== null) {
      // Backwards over the gap.
      this.target = place.previousEnd - 1
      this.goTo(this.target)
      return
    }
    if (place.kind === 'gap') {
      this.enterGap(place.next)
      return
    }
    this.change({ arrived: false, phase: 'ready', next: null, gap: null, live: false })
    if (playing && speed.way(rate) === 'pictures') {
      speed.go(rate, place.mediaS)
      return
    }
    // A playlist that was opened in a gap has not been asked for media yet.
    playlist.start(video, place.mediaS)
    if (video.seeking && video.readyState > 0) {
      // While one seek is under way the newest wish waits: dragging must not pile up requests.
      this.queuedSeek = wallMs
      return
    }
    video.currentTime = playlist.map().aim(wallMs, this.frames?.frameS ?? 0) ?? place.mediaS
    if (playing) speed.go(rate, place.mediaS)
    else speed.halt()
  }

  /** The first seek into a file goes by the playlist's rounded times, and may have met the frame beside the one meant. */
  private aimAgain(): void {
    const { asked, video, playlist, frames } = this
    if (asked === null || !video || !playlist || !frames || this.getState().phase !== 'ready') return
    if (this.getState().playing) return
    const aim = playlist.map().aim(asked, frames.frameS)
    if (aim === null || Math.abs(aim - video.currentTime) < AIM_S) return
    this.goTo(asked)
  }

  private onSeeked(): void {
    const queued = this.queuedSeek
    this.queuedSeek = null
    if (queued !== null) {
      this.goTo(queued)
      return
    }
    if (this.speed?.showing && this.getState().playing && this.speed.way(this.getState().rate) === 'pictures')
      return
    // A paused element need not tell of the frame that it shows.
    if ((this.video?.readyState ?? 0) >= HTMLMediaElement.HAVE_CURRENT_DATA) this.cover(false)
    this.change({ arrived: true, buffering: false })
  }

  /** Goes on from the shown picture, at the speed and by the way that are wanted now. */
  private proceed(): void {
    const { speed, playlist } = this
    const { rate, phase, playing } = this.getState()
    if (!speed || !playlist || phase !== 'ready' || !playing) return
    if (speed.way(rate) !== 'pictures' && !speed.showing) {
      speed.go(rate, this.mediaS())
      return
    }
    this.target = this.wallMs()
    this.goTo(this.target)
  }

  private mediaS(): number {
    return this.speed?.mediaS ?? this.frames?.mediaS() ?? this.video?.currentTime ?? 0
  }

  /** Whether what was last shown stays over the element. */
  private cover(stays: boolean): void {
    if (stays) return
    this.lastFrame?.drop()
    this.speed?.uncover()
  }

  private enterGap(next: number | null): void {
    this.speed?.halt()
    this.video?.pause()
    this.change({ arrived: false })
    this.ends.inGap(next)
  }

  private makeOpened(): Opened {
    return new Opened(
      {
        camera: this.camera,
        state: this.getState,
        change: (changed) => this.change(changed),
        wallMs: () => this.wallMs(),
        target: () => this.target,
        aim: (at) => (this.target = at),
        arrive: () => this.goTo(this.target),
        keep: () => {
          if (!this.speed?.showing) this.lastFrame?.keep()
        },
        clear: () => this.cover(false),
        halt: () => {
          this.queuedSeek = null
          this.speed?.halt()
        },
        timed: () => this.aimAgain(),
        measured: (sample) => this.streams.measured(sample),
        fetched: (piece) => this.showFirst(piece),
      },
      this.now,
    )
  }

  private makeEnds(): Ends {
    return new Ends(
      {
        state: this.getState,
        change: (changed) => this.change(changed),
        target: () => this.target,
        map: () => this.playlist?.map() ?? null,
        windowStart: () => this.playlist?.window.start ?? null,
        goTo: (at) => {
          this.target = at
          this.goTo(at)
        },
        open: (at) => {
          this.target = at
          this.opened.open(at)
        },
        pause: () => this.pause(),
        clear: () => this.cover(false),
        locate: (at) => this.locate(this.camera, this.getState().stream, at),
        current: () => this.opened.current(),
      },
      this.now,
    )
  }

  /** A frame of the element. */
  private onFrame(): void {
    if (!this.getState().arrived || this.speed?.showing) return
    this.lastFrame?.drop()
    this.passed()
  }

  /** A single picture over the element. */
  private onPicture(): void {
    if (this.getState().phase !== 'ready') return
    this.lastFrame?.drop()
    this.change({ arrived: true, buffering: false })
    this.passed()
  }

  private passed(): void {
    const wall = this.wallMs()
    const { playing, rate, shows } = this.getState()
    const apart = SKIP_MS * Math.abs(rate) + (shows === 'keys' ? KEYS_APART_MS : 0)
    if (playing && this.lastWall !== null && (wall - this.lastWall) * Math.sign(rate) > apart)
      this.change({ skipped: { from: this.lastWall, to: wall } })
    this.lastWall = wall
    this.target = wall
    if (playing) {
      this.asked = null
      this.loop.onFrame(wall, rate, this.frameMs())
    }
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
}
