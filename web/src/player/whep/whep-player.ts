/**
 * Live video by WebRTC (WHEP): the least delay, no buffer to speak of. Connects again for ever where the camera or the
 * server is away; says once that it can't be done where this stream, this browser or the network in between won't have it.
 */

import { session as login } from '@/access/session'
import { Backoff } from '@/api/backoff'
import { ApiError, explain } from '@/api/client'
import type { StreamKind } from '@/api/types'
import { Observable, type PlayerEngine } from '../engine'
import { CONNECTING, type LiveState } from '../live-state'
import type { Quality } from '../quality'
import { refusalIn, waitAfter } from '../refusal'
import { sendReport } from '../report-http'
import { Reporter, type Seen } from '../reporter'
import { serverClock } from '../server-clock'
import { tickets, type Wish } from '../tickets/store'
import { FigureReader, type WebRtcFigures } from './figures'
import { captureMs } from './rtp-clock'
import { afterRefusal, endSession, offerTo, type Answer } from './signalling'

// Whoever is not connected by then never will be: a firewall does not let UDP through, say.
const CONNECT_MS = 3_000
const SILENT_AFTER_MS = 3_000
// Media that stops for so long while the connection stands: a new one may know more.
const STALE_MS = 12_000
const GATHER_MS = 1_000
const TICK_MS = 500

/** `why` is for a person. */
type GiveUp = (why: string) => void

export class WhepPlayer extends Observable<LiveState> implements PlayerEngine<LiveState> {
  /** The servers that the last answer named: a machine behind a router needs them from the beginning. */
  private static servers: RTCIceServer[] = []

  private video: HTMLVideoElement | null = null
  private connection: RTCPeerConnection | null = null
  private answer: Answer | null = null
  private asking: AbortController | null = null
  private ticket: string | null = null
  private readonly backoff = new Backoff(250, 8_000)
  private readonly figureReader = new FigureReader()
  private readonly wish: Wish
  private timer: number | undefined
  private reconnectTimer: number | undefined
  private connectTimer: number | undefined
  private frameHandle = 0
  private lastFrameAt = performance.now()
  /** RTP time of the picture that is shown. */
  private shown: number | null = null
  private wasConnected = false
  private reporter: Reporter | null = null
  private freezes = 0

  constructor(
    private readonly camera: string,
    private readonly stream: StreamKind,
    private readonly giveUp: GiveUp = () => undefined,
    private readonly quality: Quality | null = null,
  ) {
    super({ ...CONNECTING, by: 'WebRTC' })
    this.wish = { camera, kind: 'live' }
  }

  attach(video: HTMLVideoElement): void {
    this.video = video
    video.playsInline = true
    this.frameHandle = video.requestVideoFrameCallback(this.onFrame)
    this.timer = window.setInterval(this.tick, TICK_MS)
    void this.connect()
  }

  destroy(): void {
    window.clearInterval(this.timer)
    window.clearTimeout(this.reconnectTimer)
    this.drop()
    if (this.video) {
      this.video.cancelVideoFrameCallback(this.frameHandle)
      this.video.srcObject = null
    }
    this.video = null
  }

  wallMs(): number | null {
    return this.shown === null ? null : captureMs(this.shown, Date.now())
  }

  /** How the connection does; null while there is none. */
  async figures(): Promise<WebRtcFigures | null> {
    const stats = await this.connection?.getStats().catch(() => undefined)
    // Its entries are typed as little more than an id.
    return stats ? this.figureReader.read(stats.values() as Iterable<never>) : null
  }

  again(): void {
    const { phase } = this.getState()
    if (!this.video || (phase !== 'ended' && phase !== 'full')) return
    this.change({ phase: 'connecting', refusal: null })
    void this.connect()
  }

  private async connect(second = false): Promise<void> {
    const asked = Date.now()
    window.clearTimeout(this.reconnectTimer)
    this.drop()
    this.reporter = new Reporter(asked)
    const asking = (this.asking = new AbortController())
    try {
      await this.open(asking.signal)
    } catch (error) {
      if (asking.signal.aborted || !this.video) return
      await this.refused(error, asked, second)
    }
  }

  private async open(signal: AbortSignal): Promise<void> {
    const connection = (this.connection = new RTCPeerConnection({ iceServers: WhepPlayer.servers }))
    const media = new MediaStream()
    connection.addEventListener('track', ({ track, receiver }) => {
      media.addTrack(track)
      // As little as the network allows: the browser raises it by itself where frames come unevenly.
      if ('jitterBufferTarget' in receiver) receiver.jitterBufferTarget = 0
      if (this.video && this.connection === connection) {
        this.video.srcObject = media
        void this.video.play().catch(() => undefined)
      }
    })
    connection.addEventListener('connectionstatechange', () => {
      if (this.connection === connection) this.onState(connection.connectionState)
    })
    connection.addTransceiver('video', { direction: 'recvonly' })
    connection.addTransceiver('audio', { direction: 'recvonly' })
    await connection.setLocalDescription(await connection.createOffer())
    if (WhepPlayer.servers.length > 0) await gathered(connection)
    this.ticket = await tickets.get(this.wish)
    signal.throwIfAborted()
    const offer = connection.localDescription?.sdp ?? ''
    const answer = await offerTo(this.camera, this.stream, this.quality, this.ticket, offer, signal)
    if (signal.aborted) {
      endSession(answer.session, this.ticket)
      return
    }
    this.answer = answer
    if (answer.servers.length > 0 && WhepPlayer.servers.length === 0) {
      WhepPlayer.servers = answer.servers
      void this.connect()
      return
    }
    this.connectTimer = window.setTimeout(() => {
      if (connection.connectionState !== 'connected') this.fail('no UDP comes through')
    }, CONNECT_MS)
    await connection.setRemoteDescription({ type: 'answer', sdp: answer.sdp })
    const hasAudio = connection
      .getTransceivers()
      .some((one) => one.currentDirection === 'recvonly' && one.receiver.track.kind === 'audio')
    this.change({
      hasAudio,
      codecs: codecsOf(answer.sdp),
      notice: answer.silent,
      converted: answer.quality,
    })
  }

  private async refused(error: unknown, asked: number, second: boolean): Promise<void> {
    this.drop()
    const next = afterRefusal(error)
    // Also a ticket can be the reason: it is good for the address that asked for it.
    if (next === 'refused' && !second) {
      tickets.refused(this.wish)
      const outcome = error instanceof ApiError && error.status === 401 ? await login.renew(asked) : 'renewed'
      if (!this.video) return
      if (outcome === 'renewed') void this.connect(true)
      else this.connectSoon()
    } else if (next === 'gone' || next === 'refused') this.change({ phase: next, connected: false })
    else if ((next === 'ended' || next === 'full') && error instanceof ApiError) {
      const told = { code: error.code, detail: error.message, retry_after_s: error.retryAfterS }
      const refusal = refusalIn(told, Date.now())
      if (this.video) this.video.srcObject = null
      this.change({ phase: next, refusal, connected: true })
      if (next === 'full' && refusal) this.connectIn(waitAfter(refusal, Date.now()))
    } else if (next === 'other') this.fail(explain(error))
    else {
      this.change({ connected: error instanceof ApiError && error.status !== 0 })
      this.connectSoon()
    }
  }

  private onState(state: RTCPeerConnectionState): void {
    if (state === 'connected') {
      window.clearTimeout(this.connectTimer)
      this.wasConnected = true
      this.backoff.reset()
      this.lastFrameAt = performance.now()
      this.change({ connected: true })
    } else if (state === 'failed' || state === 'closed') {
      this.change({ connected: false })
      if (this.wasConnected) this.connectSoon()
      else this.fail('the connection could not be made')
    }
  }

  private connectSoon(): void {
    this.drop()
    this.connectIn(this.backoff.next())
  }

  private connectIn(waitMs: number): void {
    window.clearTimeout(this.reconnectTimer)
    this.reconnectTimer = window.setTimeout(() => void this.connect(), waitMs)
  }

  private fail(why: string): void {
    this.drop()
    this.giveUp(why)
  }

  /** Ends the connection, and the session on the server. */
  private drop(): void {
    window.clearTimeout(this.connectTimer)
    this.asking?.abort()
    this.asking = null
    const { connection, answer } = this
    this.connection = null
    this.answer = null
    connection?.close()
    if (answer?.session) endSession(answer.session, this.ticket)
  }

  private readonly onFrame: VideoFrameRequestCallback = (_, frame) => {
    const { video } = this
    if (!video) return
    this.frameHandle = video.requestVideoFrameCallback(this.onFrame)
    const rtp = frame.rtpTimestamp
    // Chromium presents the last picture again now and then while nothing comes.
    if (rtp !== undefined && rtp === this.shown) return
    this.shown = rtp ?? null
    this.lastFrameAt = performance.now()
    this.reporter?.shown(Date.now())
    this.change({ phase: 'playing', silentSince: null, refusal: null })
  }

  private readonly tick = () => {
    void this.report()
    // A tab out of sight is told of no frames; what was received says enough there.
    const source = document.hidden ? this.newestSource() : undefined
    if (source && source.rtpTimestamp !== this.shown) {
      this.shown = source.rtpTimestamp
      this.lastFrameAt = performance.now()
    }
    const silentMs = performance.now() - this.lastFrameAt
    if (silentMs > SILENT_AFTER_MS && this.getState().silentSince === null)
      this.change({ silentSince: Date.now() - silentMs })
    if (silentMs > STALE_MS && this.connection?.connectionState === 'connected') {
      this.lastFrameAt = performance.now()
      this.connectSoon()
    }
  }

  private async report(): Promise<void> {
    const { reporter, answer, connection, video } = this
    if (!reporter || !answer?.view || !connection || !video) return
    const now = Date.now()
    const told = reporter.next(() => this.seen(video, now), now)
    if (!told) return
    void sendReport(answer.view, told)
    const stats = await connection.getStats().catch(() => undefined)
    if (stats) this.freezes = freezesIn(stats.values() as Iterable<Frozen>)
  }

  private seen(video: HTMLVideoElement, now: number): Seen {
    const wall = this.wallMs()
    return {
      stalls: this.freezes,
      framesDropped: video.getVideoPlaybackQuality().droppedVideoFrames,
      latencyMs: wall === null || document.hidden ? null : serverClock.at(now) - wall,
    }
  }

  private newestSource(): RTCRtpSynchronizationSource | undefined {
    const video = this.connection?.getReceivers().find((receiver) => receiver.track.kind === 'video')
    return video?.getSynchronizationSources()[0]
  }
}

interface Frozen {
  type: string
  kind?: string
  freezeCount?: number
}

/** How often the picture stood still, as the browser counts it. */
function freezesIn(stats: Iterable<Frozen>): number {
  for (const one of stats) if (one.type === 'inbound-rtp' && one.kind === 'video') return one.freezeCount ?? 0
  return 0
}

/** Waits until the browser knows its addresses, but not for long. */
function gathered(connection: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      if (connection.iceGatheringState === 'complete') resolve()
    }
    window.setTimeout(resolve, GATHER_MS)
    connection.addEventListener('icegatheringstatechange', done)
    done()
  })
}

/** The codecs that an answer takes, as people call them. */
export function codecsOf(sdp: string): string {
  const names = sdp
    .split(/^m=/m)
    .slice(1)
    .filter((section) => !/^\w+ 0 /.test(section))
    .map((section) => /a=rtpmap:\d+ ([^/\s]+)/.exec(section)?.[1] ?? '')
  return names.filter(Boolean).join(', ')
}
