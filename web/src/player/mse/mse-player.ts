/**
 * Live video over a WebSocket into a MediaSource. Reconnects for ever unless the server refuses, stays close to the live
 * edge, and says how old the picture is when nothing comes.
 */

import { session } from '@/access/session'
import { Backoff } from '@/api/backoff'
import { socketAddress } from '@/api/client'
import type { StreamKind } from '@/api/types'
import { Observable, type PlayerEngine } from '../engine'
import { afterRefusal, afterUnsupported, asking, type Asking, type Quality } from '../quality'
import { isOfConversion, refusalIn, waitAfter, type Refusal } from '../refusal'
import { Reporter, type Seen } from '../reporter'
import { serverClock } from '../server-clock'
import { tickets, type Wish } from '../tickets/store'
import { afterClose } from './closing'
import { canPlay } from './media-buffer'
import { awaySince } from '../left-over'
import { CONNECTING, type LiveState } from '../live-state'
import { Playout } from './playout'
import { CLOSE_OFFLINE, parseControl } from './protocol'

const TICK_MS = 100
const SILENT_AFTER_MS = 3_000
const AUDIO = /mp4a|opus|flac/i

export class MsePlayer extends Observable<LiveState> implements PlayerEngine<LiveState> {
  private video: HTMLVideoElement | null = null
  private socket: WebSocket | null = null
  private playout: Playout | null = null
  private readonly backoff = new Backoff(250, 8_000)
  private timer: number | undefined
  private reconnectTimer: number | undefined
  private expectInit: { mime: string; timescale: number } | null = null
  private lastMediaAt = performance.now()
  private readonly wish: Wish
  /** The server said something on this socket. */
  private heard = false
  /** This socket is the second attempt, with another login or ticket. */
  private second = false
  /** What the server said of why it closes this socket. */
  private refusal: Refusal | null = null
  private reporter: Reporter | null = null

  private asking: Asking

  constructor(
    private readonly camera: string,
    stream: StreamKind,
    quality: Quality | null = null,
  ) {
    super({ ...CONNECTING, converted: quality })
    this.asking = asking(stream, quality)
    this.wish = { camera, kind: 'live' }
  }

  attach(video: HTMLVideoElement): void {
    this.video = video
    video.playsInline = true
    this.timer = window.setInterval(this.tick, TICK_MS)
    void this.connect()
  }

  destroy(): void {
    window.clearInterval(this.timer)
    window.clearTimeout(this.reconnectTimer)
    this.dropSocket()
    this.playout?.destroy()
    this.playout = null
    this.video = null
  }

  wallMs(): number | null {
    return this.playout?.wallMs() ?? null
  }

  again(): void {
    const { phase } = this.getState()
    if (!this.video || (phase !== 'ended' && phase !== 'full')) return
    window.clearTimeout(this.reconnectTimer)
    this.dropSocket()
    this.change({ phase: 'connecting', refusal: null })
    void this.connect()
  }

  private async connect(second = false): Promise<void> {
    const asked = Date.now()
    const ticket = await tickets.get(this.wish)
    if (!this.video || this.socket) return
    const { stream, quality } = this.asking
    const socket = new WebSocket(
      socketAddress(`/live/${encodeURIComponent(this.camera)}/mse`, {
        stream,
        quality,
        ticket,
      }),
    )
    socket.binaryType = 'arraybuffer'
    this.socket = socket
    this.heard = false
    this.second = second
    this.refusal = null
    this.reporter = new Reporter(asked)
    socket.onopen = () => this.change({ connected: true })
    socket.onmessage = (message: MessageEvent<string | ArrayBuffer>) => {
      if (typeof message.data === 'string') this.onControl(message.data)
      else this.onMedia(message.data)
    }
    socket.onclose = (event) => {
      if (this.socket !== socket) return
      this.socket = null
      // The server was there and had nothing to show: that is the camera's trouble, not the connection's.
      this.change({ connected: event.code === CLOSE_OFFLINE })
      const { refusal } = this
      const other = refusal && isOfConversion(refusal.code) ? afterRefusal(this.asking, refusal.detail) : null
      if (!this.askAnother(other)) this.onClosed(event, asked)
    }
  }

  /** `asked`: when the connection was asked for, client clock. */
  private onClosed({ code, reason }: CloseEvent, asked: number): void {
    const { heard, second, refusal } = this
    const next = afterClose(code, { heard, second, refusal })
    if (next === 'gone' || next === 'refused' || next === 'renew' || next === 'ticket')
      tickets.refused(this.wish)
    if (next === 'gone' || next === 'refused') this.end(next)
    else if (next === 'ended')
      this.end(next, refusal ?? refusalIn({ error: 'live.ended', detail: reason }, Date.now()))
    else if (next === 'full' && refusal) {
      this.end(next, refusal)
      this.connectIn(waitAfter(refusal, Date.now()))
    } else if (next === 'renew') void this.renew(asked)
    else if (next === 'ticket') void this.connect(true)
    else if (this.getState().phase !== 'unsupported') this.reconnectSoon()
  }

  /** What was shown last is taken away, too. */
  private end(phase: 'gone' | 'refused' | 'ended' | 'full', refusal: Refusal | null = null): void {
    this.playout?.destroy()
    this.playout = null
    this.reporter = null
    this.change({ phase, refusal })
  }

  /** Goes on at once with a renewed login. Where there is none, the app leads to the page for that. */
  private async renew(asked: number): Promise<void> {
    const outcome = await session.renew(asked)
    if (!this.video || this.socket) return
    if (outcome === 'renewed') void this.connect(true)
    else if (outcome === 'unreachable') this.reconnectSoon()
  }

  private reconnectSoon(): void {
    this.connectIn(this.backoff.next())
  }

  private connectIn(waitMs: number): void {
    window.clearTimeout(this.reconnectTimer)
    this.reconnectTimer = window.setTimeout(() => void this.connect(), waitMs)
  }

  /** Whether there is something else to ask for; then it is. */
  private askAnother(next: Asking | null): boolean {
    if (next === null) return false
    this.asking = next
    this.change({ limited: next.quality === null ? next.why : '', converted: next.quality })
    this.dropSocket()
    void this.connect()
    return true
  }

  private dropSocket(): void {
    const socket = this.socket
    this.socket = null
    socket?.close()
  }

  private onControl(text: string): void {
    const message = parseControl(text)
    if (message.type === 'refused') this.refusal = message.refusal
    else this.heard = true
    if (message.type === 'session') this.let(message.nowMs)
    if (message.type === 'clock') serverClock.heard(message.nowMs, Date.now(), message.atMs)
    if (message.type === 'status') this.change({ status: message.status })
    if (message.type !== 'init') return
    this.change({ codecs: message.codecs, hasAudio: AUDIO.test(message.codecs) })
    if (!canPlay(message.mime)) {
      if (this.askAnother(afterUnsupported(this.asking))) return
      this.change({ phase: 'unsupported' })
      this.dropSocket()
      return
    }
    this.expectInit = { mime: message.mime, timescale: message.timescale }
  }

  /** The server has begun to show it. */
  private let(nowMs: number): void {
    serverClock.heard(nowMs, Date.now())
    if (this.getState().phase === 'full') this.change({ phase: 'connecting', refusal: null })
  }

  private onMedia(data: ArrayBuffer): void {
    this.heard = true
    if (this.expectInit) {
      const { mime, timescale } = this.expectInit
      this.expectInit = null
      this.begun()?.init(mime, timescale, data)
      return
    }
    this.playout?.append(data)
    this.backoff.reset()
    const away = awaySince(this.getState().status, Date.now())
    if (away === null) this.lastMediaAt = performance.now()
    this.change({ silentSince: away })
  }

  private begun(): Playout | null {
    if (!this.playout && this.video)
      this.playout = new Playout(this.video, {
        playing: () => this.change({ phase: 'playing' }),
        broken: () => this.rebuild(),
      })
    return this.playout
  }

  /** A browser's buffer that failed is not mended: a new one with a new connection takes over. */
  private rebuild(): void {
    this.playout?.destroy()
    this.playout = null
    this.dropSocket()
    this.change({ connected: false })
    this.reconnectSoon()
  }

  private readonly tick = () => {
    const now = performance.now()
    const silentMs = now - this.lastMediaAt
    if (silentMs > SILENT_AFTER_MS && this.getState().silentSince === null)
      this.change({ silentSince: Date.now() - silentMs })
    this.playout?.tick()
    this.report()
  }

  private report(): void {
    const { reporter, socket, video } = this
    if (!reporter || !video || socket?.readyState !== WebSocket.OPEN) return
    const now = Date.now()
    if (this.wallMs() !== null && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) reporter.shown(now)
    const told = reporter.next(() => this.seen(video, now), now)
    if (told) socket.send(JSON.stringify({ type: 'report', at_ms: now, ...told }))
  }

  private seen(video: HTMLVideoElement, now: number): Seen {
    const wall = this.wallMs()
    return {
      stalls: this.playout?.stalls ?? 0,
      framesDropped: video.getVideoPlaybackQuality().droppedVideoFrames,
      // A tab out of sight shows nothing, late or not.
      latencyMs: wall === null || document.hidden ? null : serverClock.at(now) - wall,
    }
  }
}
