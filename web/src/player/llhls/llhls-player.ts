/**
 * Live video by low-latency HLS, for where no socket gets through or a browser has no MediaSource: about a second behind.
 * hls.js does the playing and is loaded only then. Connects again for ever unless the server refuses.
 */

import type Hls from 'hls.js/light'
import type { ErrorData } from 'hls.js/light'
import { session } from '@/access/session'
import { Backoff } from '@/api/backoff'
import { address } from '@/api/client'
import type { StreamKind } from '@/api/types'
import { Observable, type PlayerEngine } from '../engine'
import { CONNECTING, type LiveState } from '../live-state'
import type { Quality } from '../quality'
import { isEnd, isLimit, refusalIn, waitAfter, type Refusal } from '../refusal'
import { sendReport, SESSION_HEADER } from '../report-http'
import { Reporter, type Seen } from '../reporter'
import { serverClock } from '../server-clock'
import { tickets, withTicket, type Wish } from '../tickets/store'
import { afterFailure } from './failure'

const TICK_MS = 250
const SILENT_AFTER_MS = 3_000
// The playlist may have begun anew meanwhile, which hls.js does not notice.
const REBUILD_AFTER_MS = 20_000
// Browsers have six connections to a server without HTTP/2, and each low-latency stream keeps up to two of them.
const MOST_LOW_LATENCY = 2
// hls.js keeps this much more distance after each stall, and seeks when it is this far behind.
const STALL_STEP_S = 0.25
const MOST_BEHIND_S = 5
const MPEGURL = 'application/vnd.apple.mpegurl'

export class LlHlsPlayer extends Observable<LiveState> implements PlayerEngine<LiveState> {
  private static running = 0

  private video: HTMLVideoElement | null = null
  private hls: Hls | null = null
  private opening = 0
  private readonly backoff = new Backoff(500, 8_000)
  private timer: number | undefined
  private againTimer: number | undefined
  private lastMediaAt = performance.now()
  private mended = false
  private refusals = 0
  private stalls = 0
  /** Of the view that the server named last. */
  private view: { session: string; reporter: Reporter } | null = null
  private openedAt = 0
  private readonly wish: Wish

  constructor(
    private readonly camera: string,
    private readonly stream: StreamKind,
    private readonly quality: Quality | null = null,
  ) {
    super(CONNECTING)
    this.wish = { camera, kind: 'live' }
  }

  attach(video: HTMLVideoElement): void {
    LlHlsPlayer.running += 1
    this.video = video
    video.playsInline = true
    video.addEventListener('timeupdate', this.onTime)
    video.addEventListener('waiting', this.onWaiting)
    video.addEventListener('error', this.onNativeError)
    this.timer = window.setInterval(this.tick, TICK_MS)
    void this.open()
  }

  destroy(): void {
    window.clearInterval(this.timer)
    window.clearTimeout(this.againTimer)
    this.close()
    if (!this.video) return
    LlHlsPlayer.running -= 1
    this.video.removeEventListener('timeupdate', this.onTime)
    this.video.removeEventListener('waiting', this.onWaiting)
    this.video.removeEventListener('error', this.onNativeError)
    this.video.removeAttribute('src')
    this.video.load()
    this.video = null
  }

  wallMs(): number | null {
    if (this.hls) return this.hls.playingDate?.getTime() ?? null
    const native: (HTMLVideoElement & { getStartDate?: () => Date }) | null = this.video
    const start = native?.getStartDate?.().getTime() ?? NaN
    return native && Number.isFinite(start) ? start + native.currentTime * 1000 : null
  }

  again(): void {
    const { phase } = this.getState()
    if (!this.video || (phase !== 'ended' && phase !== 'full')) return
    this.change({ phase: 'connecting', refusal: null })
    this.openIn(0)
  }

  private async open(): Promise<void> {
    const mine = (this.opening += 1)
    this.openedAt = Date.now()
    const [{ default: Hls, Events }, ticket] = await Promise.all([
      import('hls.js/light'),
      tickets.get(this.wish),
    ])
    const { video } = this
    if (!video || mine !== this.opening) return
    const lowLatency = LlHlsPlayer.running <= MOST_LOW_LATENCY
    const url = this.address(lowLatency)
    if (!Hls.isSupported()) {
      if (video.canPlayType(MPEGURL) === '') return this.change({ phase: 'unsupported' })
      video.src = withTicket(url, ticket)
      void video.play().catch(() => undefined)
      return
    }
    const hls = new Hls({
      lowLatencyMode: lowLatency,
      // A worker would only pass fragmented MP4 through.
      enableWorker: false,
      backBufferLength: 10,
      maxBufferLength: 10,
      maxLiveSyncPlaybackRate: 1.1,
      liveSyncOnStallIncrease: STALL_STEP_S,
      // Each request with the newest ticket: those in a playlist are as old as the playlist's own.
      xhrSetup: async (xhr, to) => {
        xhr.open('GET', withTicket(to, await tickets.get(this.wish)), true)
      },
    })
    // Not among the settings above: there it would need a distance of its own beside it, instead of the playlist's.
    if (lowLatency) hls.config.liveMaxLatencyDuration = MOST_BEHIND_S
    this.hls = hls
    hls.on(Events.MANIFEST_PARSED, (_, { levels }) => {
      const [level] = levels
      const codecs = [level?.videoCodec, level?.audioCodec].filter(Boolean).join(',')
      this.change({ connected: true, codecs, hasAudio: Boolean(level?.audioCodec) })
      void video.play().catch(() => undefined)
    })
    hls.on(Events.LEVEL_LOADED, (_, { networkDetails }) => {
      this.change({ connected: true })
      this.viewing(networkDetails)
    })
    hls.on(Events.FRAG_BUFFERED, () => this.onMedia())
    hls.on(Events.ERROR, (_, data) => this.onError(data))
    hls.loadSource(url)
    hls.attachMedia(video)
  }

  /** Of one stream with its codecs, or of what it is converted to. */
  private address(lowLatency: boolean): string {
    const base = `/live/${encodeURIComponent(this.camera)}/hls`
    if (this.quality !== null && this.stream === 'main')
      return address(`${base}/main-${this.quality}/${lowLatency ? 'index' : 'plain'}.m3u8`)
    return address(`${base}/index.m3u8`, { stream: this.stream, low_latency: lowLatency ? 'yes' : 'no' })
  }

  private onMedia(): void {
    this.lastMediaAt = performance.now()
    this.refusals = 0
    this.backoff.reset()
    this.change({ silentSince: null, connected: true })
    if (this.video?.paused) void this.video.play().catch(() => undefined)
  }

  private readonly onTime = () => {
    const { video } = this
    if (!video || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return
    if (!this.hls) this.onMedia() // the browser's own player tells of nothing else
    const { phase } = this.getState()
    if (phase === 'connecting' || phase === 'full') this.change({ phase: 'playing', refusal: null })
    this.view?.reporter.shown(Date.now())
  }

  private readonly onWaiting = () => {
    // Before the first picture and while nothing comes it is no stall.
    const flows = performance.now() - this.lastMediaAt < SILENT_AFTER_MS
    if (this.getState().phase === 'playing' && flows) this.stalls += 1
  }

  private readonly onNativeError = () => {
    if (!this.hls) this.openIn()
  }

  private onError(data: ErrorData): void {
    if (!data.fatal) return
    const status = data.response?.code ?? 0
    const refusal = refusalOf(data.networkDetails)
    if (refusal && (isEnd(refusal.code) || isLimit(refusal.code))) {
      this.refused(refusal)
      return
    }
    const next = afterFailure(data.type, data.details, status, {
      mended: this.mended,
      refusals: this.refusals,
    })
    // A camera without a picture is not the connection's trouble.
    this.change({ connected: status === 503 })
    if (next === 'mend') {
      this.mended = true
      this.hls?.recoverMediaError()
    } else if (next === 'unsupported' || next === 'gone' || next === 'refused') {
      this.close()
      this.change({ phase: next })
    } else if (next === 'login') {
      this.refusals += 1
      void this.renew(status)
    } else this.openIn()
  }

  /** With another ticket, and with a renewed login where that was what was over. */
  private async renew(status: number): Promise<void> {
    this.close()
    tickets.refused(this.wish)
    if (status === 401) await session.renew(Date.now())
    if (this.video) this.openIn(0)
  }

  /** Somebody ended it, or there is no room (yet). */
  private refused(refusal: Refusal): void {
    this.close()
    this.view = null
    if (isEnd(refusal.code)) this.change({ phase: 'ended', refusal, connected: true })
    else {
      this.change({ phase: 'full', refusal, connected: true })
      this.openIn(waitAfter(refusal, Date.now()))
    }
  }

  private openIn(waitMs = this.backoff.next()): void {
    this.close()
    window.clearTimeout(this.againTimer)
    this.againTimer = window.setTimeout(() => void this.open(), waitMs)
  }

  private close(): void {
    this.opening += 1
    this.mended = false
    this.hls?.destroy()
    this.hls = null
  }

  private viewing(answer: unknown): void {
    const session = answer instanceof XMLHttpRequest ? answer.getResponseHeader(SESSION_HEADER) : null
    if (session && session !== this.view?.session)
      this.view = { session, reporter: new Reporter(this.openedAt) }
  }

  private report(): void {
    const { view, video } = this
    if (!view || !video) return
    const now = Date.now()
    const told = view.reporter.next(() => this.seen(video, now), now)
    if (told) void sendReport(view.session, told)
  }

  private seen(video: HTMLVideoElement, now: number): Seen {
    const wall = this.wallMs()
    return {
      stalls: this.stalls,
      framesDropped: video.getVideoPlaybackQuality().droppedVideoFrames,
      latencyMs: wall === null || document.hidden ? null : serverClock.at(now) - wall,
    }
  }

  private readonly tick = () => {
    this.report()
    const silentMs = performance.now() - this.lastMediaAt
    if (silentMs > SILENT_AFTER_MS && this.getState().silentSince === null)
      this.change({ silentSince: Date.now() - silentMs })
    if (silentMs > REBUILD_AFTER_MS && this.hls) {
      this.lastMediaAt = performance.now()
      this.openIn(0)
    }
  }
}

/** What a failed request of hls.js was answered, where that is a problem of the API. */
function refusalOf(answer: unknown): Refusal | null {
  if (!(answer instanceof XMLHttpRequest)) return null
  const text = answer.responseType === '' || answer.responseType === 'text' ? answer.responseText : ''
  try {
    const wait = answer.getResponseHeader('Retry-After')
    const told = JSON.parse(text) as Record<string, unknown>
    return refusalIn(wait === null ? told : { ...told, retry_after_s: wait }, Date.now())
  } catch {
    return null // no problem of ours
  }
}
