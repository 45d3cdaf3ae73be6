/**
 * One tile of a wall as a player engine: media of the shared socket, or less of it while the computer can't keep up. Out of
 * sight it takes nothing.
 */

import { Backoff } from '@/api/backoff'
import type { StreamKind } from '@/api/types'
import { Observable, type PlayerEngine } from '../engine'
import { afterClose } from '../mse/closing'
import { canPlay } from '../mse/media-buffer'
import type { Control } from '../mse/protocol'
import { awaySince } from '../left-over'
import { CONNECTING, type LiveState } from '../live-state'
import { Playout } from '../mse/playout'
import { afterRefusal, afterUnsupported, asking, type Asking, type Quality } from '../quality'
import { isOfConversion, refusalIn, waitAfter, type Refusal } from '../refusal'
import { serverClock } from '../server-clock'
import { says, SETTLE_S, type Step, type TileLoad } from './degrade'
import { canDecodePictures, KeyFrames, Stills } from './pictures'
import type { Mode } from './protocol'
import { Sight } from './sight'
import type { Shown, WallSocket } from './socket'

const BATCH_MS = 200
const SILENT_AFTER_MS = 3_000
const REPORT_EVERY_S = 10
const AUDIO = /mp4a|opus|flac/i

const BY: Record<Step, string> = {
  all: 'MSE, the connection of the wall',
  keys: 'key frames, the connection of the wall',
  stills: 'stills by HTTP',
}

type View =
  { step: 'all'; view: Playout } | { step: 'keys'; view: KeyFrames } | { step: 'stills'; view: Stills }

export class WallTile extends Observable<LiveState> implements PlayerEngine<LiveState>, Shown {
  private video: HTMLVideoElement | null = null
  private asking: Asking
  private number: number | null = null
  private current: View | null = null
  private sight: Sight | null = null
  private expectInit: { mime: string; codecs: string; timescale: number } | null = null
  /** As the page decided. */
  private decided: Step = 'all'
  /** Seconds that it has played like this. */
  private playedS = 0
  private noKeys = false
  /** No socket gets through: stills need none. */
  private blocked = false
  private readonly backoff = new Backoff(500, 8_000)
  private againTimer: number | undefined
  private lastMediaAt = performance.now()
  private counted = { frames: 0, dropped: 0, stalls: 0 }
  private unreported = { stalls: 0, dropped: 0, seconds: 0 }

  constructor(
    private readonly socket: WallSocket,
    readonly camera: string,
    stream: StreamKind,
    quality: Quality | null,
  ) {
    super({ ...CONNECTING, connected: socket.connected, limited: '', converted: quality, by: BY.all })
    this.asking = asking(stream, quality)
  }

  get stream(): StreamKind {
    return this.asking.stream
  }

  get quality(): Quality | null {
    return this.asking.quality
  }

  get mode(): Mode {
    return this.step === 'all' ? 'all' : 'keys'
  }

  get batchMs(): number {
    return this.step === 'all' ? BATCH_MS : 0
  }

  /** What is shown. */
  private get step(): Step {
    return this.blocked ? 'stills' : this.decided
  }

  attach(video: HTMLVideoElement): void {
    this.video = video
    video.playsInline = true
    this.sight = new Sight(video, (seen) => (seen ? this.begin() : this.leave()))
  }

  destroy(): void {
    this.sight?.destroy()
    this.pause()
    this.dropView()
    this.video = null
  }

  wallMs(): number | null {
    return this.current?.view.wallMs() ?? null
  }

  // What the socket tells

  onLink(connected: boolean): void {
    this.expectInit = null
    this.change({ connected })
  }

  onBlocked(blocked: boolean): void {
    if (this.blocked === blocked) return
    this.blocked = blocked
    this.changeView()
  }

  onControl(control: Control): void {
    if (control.type === 'status') this.change({ status: control.status })
    if (this.getState().phase === 'full') this.change({ phase: 'connecting', refusal: null })
    if (control.type !== 'init') return
    this.change({ codecs: control.codecs, hasAudio: this.step === 'all' && AUDIO.test(control.codecs) })
    if (this.step === 'all' && !canPlay(control.mime)) {
      this.pause()
      this.dropView()
      if (!this.askAnother(afterUnsupported(this.asking))) this.change({ phase: 'unsupported' })
      return
    }
    this.expectInit = control
  }

  onMedia(message: ArrayBuffer): void {
    if (this.expectInit) {
      const { mime, codecs, timescale } = this.expectInit
      this.expectInit = null
      const { step, view } = this.view()
      // The wall clock of an init says nothing.
      if (step === 'all') view.init(mime, timescale, message.slice(8))
      else if (step === 'keys') view.init(codecs, timescale, message.slice(8))
      return
    }
    this.came()
    const current = this.current
    if (current && current.step !== 'stills') current.view.append(message)
  }

  onClosed(code: number, reason: string, refusal: Refusal | null): void {
    this.number = null
    this.expectInit = null
    const other = refusal && isOfConversion(refusal.code) ? afterRefusal(this.asking, refusal.detail) : null
    if (this.askAnother(other)) return
    const then = afterClose(code, { heard: true, second: false, refusal })
    if (then === 'gone' || then === 'refused') {
      this.dropView()
      this.change({ phase: then })
    } else if (then === 'ended') {
      this.dropView()
      const ended = refusal ?? refusalIn({ error: 'live.ended', detail: reason }, Date.now())
      if (ended) this.socket.ended.set(this.camera, ended)
      this.change({ phase: then, refusal: ended })
    } else if (then === 'full' && refusal) {
      this.dropView()
      this.change({ phase: then, refusal })
      this.beginIn(waitAfter(refusal, Date.now()))
    } else this.beginIn(this.backoff.next())
  }

  again(): void {
    const { phase } = this.getState()
    if (!this.video || (phase !== 'ended' && phase !== 'full')) return
    this.socket.ended.delete(this.camera)
    this.change({ phase: 'connecting', refusal: null })
    this.begin()
  }

  tick(): void {
    const silentMs = performance.now() - this.lastMediaAt
    const interval = (this.getState().status?.key_interval_s ?? 2) * 1000
    const enough = this.step === 'all' ? SILENT_AFTER_MS : SILENT_AFTER_MS + 2 * interval
    if (silentMs > enough && this.getState().silentSince === null)
      this.change({ silentSince: Date.now() - silentMs })
    if (this.current?.step === 'all') this.current.view.tick()
  }

  second(): TileLoad | null {
    const { frames, dropped, stalls } = this.measured()
    this.unreported.dropped += dropped
    this.unreported.stalls += stalls
    this.unreported.seconds += 1
    if (this.unreported.seconds >= REPORT_EVERY_S) this.report()
    const { phase, status } = this.getState()
    if (phase !== 'playing' || this.blocked) return null
    this.playedS += 1
    return {
      step: this.step,
      cost: costOf(status),
      frames,
      dropped,
      stalls,
      settled: this.playedS > SETTLE_S,
      keys: this.canShowKeys,
    }
  }

  /** Shows more or less from now on. */
  setStep(step: Step): void {
    if (this.decided === step) return
    this.decided = step
    if (this.blocked) return
    this.changeView()
    if (this.number !== null) this.socket.setMode(this.number, this.mode, this.batchMs)
  }

  private get canShowKeys(): boolean {
    return canDecodePictures() && !this.noKeys
  }

  // Showing and hiding

  private begin(): void {
    if (!this.video || this.number !== null || !this.sight?.seen) return
    const { phase } = this.getState()
    if (phase === 'gone' || phase === 'refused' || phase === 'ended' || phase === 'unsupported') return
    const ended = this.socket.ended.get(this.camera)
    if (ended) {
      this.change({ phase: 'ended', refusal: ended })
      return
    }
    window.clearTimeout(this.againTimer)
    // What was silent stays so until something comes.
    if (this.getState().silentSince === null) this.lastMediaAt = performance.now()
    this.change({ connected: this.socket.connected })
    if (this.socket.blocked !== this.blocked) this.onBlocked(this.socket.blocked)
    this.restart()
  }

  /** Whether there is something else to ask for; then it is. */
  private askAnother(next: Asking | null): boolean {
    if (next === null) return false
    this.asking = next
    this.change({ limited: next.quality === null ? next.why : this.why(), converted: next.quality })
    this.begin()
    return true
  }

  private restart(): void {
    this.setStep(this.socket.enteringStep(this.canShowKeys))
    if (this.step === 'stills') this.view()
    this.number = this.socket.show(this)
  }

  /** Out of sight. How long nothing came means nothing then. */
  private leave(): void {
    this.pause()
    this.change({ silentSince: null })
  }

  /** Takes nothing more; what was shown last stays. */
  private pause(): void {
    window.clearTimeout(this.againTimer)
    this.expectInit = null
    if (this.current?.step === 'stills') this.dropView()
    if (this.number === null) return
    const { number } = this
    this.number = null
    this.socket.hide(number)
  }

  private changeView(): void {
    this.dropView()
    this.expectInit = null
    this.change({ limited: this.why(), by: BY[this.step], hasAudio: false })
    if (this.number !== null && this.step === 'stills') this.view()
  }

  private why(): string {
    return this.blocked
      ? 'Stills only: something between here and Vedette lets no video through.'
      : says(this.step)
  }

  private view(): View {
    if (this.current?.step === this.step) return this.current
    this.dropView()
    this.playedS = 0
    const video = this.video
    if (!video) throw new Error('A tile that was taken down shows nothing.')
    this.counted = { ...this.counted, stalls: 0 }
    const pictures = {
      shown: () => this.came(),
      failed: () => this.fallBack(),
    }
    this.current =
      this.step === 'all'
        ? {
            step: 'all',
            view: new Playout(
              video,
              { playing: () => this.came(), broken: () => this.rebuild() },
              () => this.socket.holdBackS,
            ),
          }
        : this.step === 'keys'
          ? { step: 'keys', view: new KeyFrames(video, pictures) }
          : { step: 'stills', view: new Stills(video, this.camera, this.stream, pictures) }
    return this.current
  }

  private dropView(): void {
    this.current?.view.destroy()
    this.current = null
  }

  /** A browser's buffer that failed is not mended: a new one and a new showing take over. */
  private rebuild(): void {
    this.pause()
    this.dropView()
    this.beginIn(this.backoff.next())
  }

  private beginIn(waitMs: number): void {
    window.clearTimeout(this.againTimer)
    this.againTimer = window.setTimeout(() => this.begin(), waitMs)
  }

  /** No picture by this step: stills need nothing but HTTP. */
  private fallBack(): void {
    this.noKeys = true
    this.setStep('stills')
  }

  private came(): void {
    const away = awaySince(this.getState().status, Date.now())
    if (away === null) this.lastMediaAt = performance.now()
    this.backoff.reset()
    this.change({ silentSince: away })
    if (this.current && this.getState().phase !== 'playing' && this.wallMs() !== null)
      this.change({ phase: 'playing' })
  }

  private measured(): { frames: number; dropped: number; stalls: number } {
    const quality = this.video?.getVideoPlaybackQuality()
    const now = {
      frames: quality?.totalVideoFrames ?? 0,
      dropped: quality?.droppedVideoFrames ?? 0,
      stalls: this.current?.step === 'all' ? this.current.view.stalls : 0,
    }
    const { counted } = this
    this.counted = now
    // A new source counts from 0.
    return {
      frames: Math.max(0, now.frames - counted.frames),
      dropped: now.frames < counted.frames ? 0 : Math.max(0, now.dropped - counted.dropped),
      stalls: Math.max(0, now.stalls - counted.stalls),
    }
  }

  private report(): void {
    const wall = this.wallMs()
    const { stalls, dropped } = this.unreported
    this.unreported = { stalls: 0, dropped: 0, seconds: 0 }
    if (this.number === null) return
    const late = wall === null || document.hidden ? null : serverClock.at(Date.now()) - wall
    const latency = late === null ? null : Math.min(3_600_000, Math.max(0, Math.round(late)))
    this.socket.report(this.number, { stalls, dropped, latency_ms: latency })
  }
}

/** Pixels a second. Before the camera's figures are known it is taken for a small stream. */
function costOf(status: LiveState['status']): number {
  return (status?.width || 640) * (status?.height || 360) * (status?.fps || 10)
}
