/** One playlist in hls.js: loads it, tells what it holds, and reports failures in words. */

import Hls, {
  ErrorDetails,
  ErrorTypes,
  Events,
  type ErrorData,
  type Fragment,
  type LevelDetails,
} from 'hls.js/light'
import { address } from '@/api/client'
import type { StreamKind } from '@/api/types'
import { HOUR, MINUTE } from '@/words/zone'
import { tickets, withTicket, type TicketSource, type Wish } from '../tickets/store'
import { detoured, unanswered } from './detour'
import { FootageMap, type Piece } from './footage-map'
import type { Fetched } from './first-picture'
import type { Entry, Fetch } from './trick/reader'

export interface Window {
  start: number
  end: number
}

const BEFORE_MS = 15 * MINUTE
const AFTER_MS = HOUR

/** What a playlist spans that is opened to play an instant. */
export function windowAround(at: number): Window {
  return { start: at - BEFORE_MS, end: at + AFTER_MS }
}

/** A piece of footage on its way: how much of it came in how long. */
export interface Loaded {
  bytes: number
  ms: number
  /** Of the whole piece. */
  ofBytes: number
  durationS: number
  whole: boolean
}

export type Failed = 'network' | 'refused' | 'gone' | 'unsupported' | 'media'

export interface PlaylistEvents {
  /** The playlist was read (an empty map when there is no footage in the window). */
  loaded(map: FootageMap): void
  /** `refused`: it may not be watched (any more). `gone`: what the playlist names can't be had any more. */
  failed(kind: Failed, message: string): void
  /** The media's own times took the place of the playlist's rounded ones: the map is another. */
  timed?(): void
  /** What the media has in it is known. */
  tracks?(sound: boolean): void
  /** So much footage came, or has come so far, in so much time. */
  measured?(sample: Loaded): void
  /** A piece of footage is there, and is now given to the element. */
  fetched?(piece: Fetched): void
}

/** How much media is kept in memory: ahead of the playhead and behind it, seconds. */
export interface Buffers {
  aheadS: number
  behindS: number
}

export interface PlaylistOptions {
  source?: TicketSource
  buffers?: Buffers
}

const NETWORK_RETRIES = 4
// Deleted meanwhile, or on a volume that went away.
const GONE = new Set([404, 410, 503])
// Until the first picture is there: fragments that come after it would take its place on the line and in the processor.
const FIRST_AHEAD_S = 1
const BUFFERS: Buffers = { aheadS: 20, behindS: 60 }
const MEASURE_MS = 1_000

type LoadedFragment = Pick<Fragment, 'stats' | 'byteRange' | 'duration'>

export class Playlist {
  private readonly hls: Hls
  private details: LevelDetails | null = null
  private cached: FootageMap | null = null
  private listed: readonly Entry[] | null = null
  private mediaRecovered = false
  private networkFailures = 0
  private readonly wish: Wish
  private readonly source: TicketSource
  private readonly mostAheadS: number
  private codecs = ''
  private loading: Fragment | null = null
  private readonly timer: number

  constructor(
    camera: string,
    stream: StreamKind,
    readonly window: Window,
    private readonly events: PlaylistEvents,
    { source = tickets, buffers = BUFFERS }: PlaylistOptions = {},
  ) {
    this.source = source
    this.wish = { camera, kind: 'playback', range: { start: window.start, end: window.end } }
    this.mostAheadS = 3 * buffers.aheadS
    this.hls = new Hls({
      autoStartLoad: false,
      // Otherwise the first fragment waits for the next tick after the element is there: a tenth of a second.
      startFragPrefetch: true,
      // A worker would only pass fragmented MP4 through.
      enableWorker: false,
      maxBufferLength: buffers.aheadS,
      maxMaxBufferLength: FIRST_AHEAD_S,
      backBufferLength: buffers.behindS,
      maxBufferHole: 0.3,
      nudgeMaxRetry: 8,
      // Each request with the newest ticket: a playlist is older than the media that it names. It is asked for itself
      // while the first ticket is on its way.
      xhrSetup: async (xhr, url) => {
        const soon = this.details || this.networkFailures > 0 ? undefined : this.source.soon?.(this.wish)
        const ticket = soon === undefined ? await this.source.get(this.wish) : soon
        xhr.addEventListener('error', () => unanswered(url))
        xhr.open('GET', detoured(withTicket(url, ticket)), true)
      },
    })
    this.hls.on(Events.LEVEL_LOADED, (_, { details }) => {
      const first = !this.details
      this.details = details
      this.cached = this.listed = null
      // A playlist that reaches into the future is read again and again.
      if (first) this.events.loaded(this.map())
    })
    // Real time stamps replace the playlist's rounded durations as fragments arrive.
    this.hls.on(Events.LEVEL_PTS_UPDATED, () => {
      this.cached = this.listed = null
      this.events.timed?.()
    })
    this.hls.on(Events.FRAG_BUFFERED, () => {
      this.networkFailures = 0
    })
    this.hls.on(Events.BUFFER_CODECS, (_, { video, audio, audiovideo }) => {
      this.codecs = (video ?? audiovideo)?.codec ?? this.codecs
      this.events.tracks?.(Boolean(audio) || (audiovideo?.codec?.includes(',') ?? false))
    })
    this.hls.on(Events.FRAG_LOADING, (_, { frag }) => {
      this.loading = frag
    })
    this.hls.on(Events.FRAG_LOADED, (_, { frag, payload }) => {
      this.loading = null
      this.measure(frag, true)
      const entry = entryOf(frag)
      const init = frag.initSegment?.data
      if (entry && init)
        this.events.fetched?.({ entry, init, data: new Uint8Array(payload), codec: this.videoCodec() })
    })
    this.timer = self.setInterval(() => {
      if (this.loading) this.measure(this.loading, false)
    }, MEASURE_MS)
    this.hls.on(Events.ERROR, (_, data) => this.onError(data))
    this.hls.loadSource(
      address(`/playback/${encodeURIComponent(camera)}/index.m3u8`, {
        start: new Date(window.start).toISOString(),
        end: new Date(window.end).toISOString(),
        stream,
        // The newest ticket is added to each address anyway.
        bare: 'true',
      }),
    )
  }

  static readonly supported = (): boolean => Hls.isSupported()

  /** Begins to fetch media into `video` at `mediaS`; once, later calls do nothing. */
  start(video: HTMLVideoElement, mediaS: number): void {
    if (this.hls.media) return
    const goOn = () => (this.hls.config.maxMaxBufferLength = this.mostAheadS)
    video.addEventListener('loadeddata', goOn, { once: true })
    this.hls.startLoad(mediaS)
    this.hls.attachMedia(video)
  }

  /** The pieces of the playlist with their bytes, for who reads pictures out of them. */
  entries(): readonly Entry[] {
    this.listed ??= this.details ? entriesOf(this.details) : []
    return this.listed
  }

  /** Of the video, as the media told it; null before any came. */
  videoCodec(): string | null {
    return this.codecs.split(',').find((codec) => /^(avc|hvc|hev|av01|vp)/.test(codec)) ?? null
  }

  /** Bytes of what the playlist names, with its ticket. Rejects when they can't be had. */
  readonly bytes: Fetch = async (url, range) => {
    const headers: Record<string, string> = range ? { Range: `bytes=${range[0]}-${range[1] - 1}` } : {}
    for (let attempt = 0; ; attempt += 1) {
      const ticketed = withTicket(url, await this.source.get(this.wish))
      const answer = await fetch(detoured(ticketed), { headers }).catch((error: unknown) => {
        // No answer: where it was sent to can't be read from here.
        if (unanswered(url)) return fetch(detoured(ticketed), { headers })
        throw error
      })
      if (answer.ok) return answer.arrayBuffer()
      if (attempt > 0 || (answer.status !== 401 && answer.status !== 403))
        throw new Error(`status ${answer.status}`)
      this.source.refused(this.wish)
    }
  }

  /** Where the footage is, as exactly as is known by now. */
  map(): FootageMap {
    this.cached ??= new FootageMap(this.details ? pieces(this.details) : [])
    return this.cached
  }

  destroy(): void {
    window.clearInterval(this.timer)
    this.hls.destroy()
  }

  private measure({ stats, byteRange, duration }: LoadedFragment, whole: boolean): void {
    if (stats.aborted) return
    const { start, first, end } = stats.loading
    const from = first || start
    const ms = (whole ? end : performance.now()) - from
    const [low = 0, high = 0] = byteRange
    if (from > 0 && ms > 0)
      this.events.measured?.({
        bytes: stats.loaded,
        ms,
        ofBytes: high - low || stats.total,
        durationS: duration,
        whole,
      })
  }

  private onError(data: ErrorData): void {
    const status = data.response?.code
    if (data.frag && status !== undefined && GONE.has(status)) {
      // To ask again for the same is of no use: a new playlist lists it as missing.
      this.events.failed('gone', failureText(status))
      return
    }
    if (!data.fatal) return
    // No footage at all in the window is an answer, not a failure.
    if (!this.details && (status === 404 || data.details === ErrorDetails.LEVEL_EMPTY_ERROR)) {
      this.events.loaded(new FootageMap([]))
      return
    }
    if (data.type === ErrorTypes.MEDIA_ERROR) {
      if (/codec/i.test(data.details)) {
        this.events.failed('unsupported', 'This browser cannot play the camera’s codec.')
      } else if (!this.mediaRecovered) {
        this.mediaRecovered = true
        this.hls.recoverMediaError()
      } else {
        this.events.failed('media', 'The browser could not decode this footage.')
      }
      return
    }
    if (status === 401 || status === 403) this.source.refused(this.wish)
    this.networkFailures += 1
    // A ticket may have ended a moment ago; a playlist that was refused is asked for again as a whole.
    if (!this.details && (status === 401 || status === 403) && this.networkFailures === 1) {
      this.hls.loadSource(this.hls.url ?? '')
      return
    }
    if (this.details && this.networkFailures <= NETWORK_RETRIES) {
      window.setTimeout(() => this.hls.startLoad(), 500 * this.networkFailures)
      return
    }
    this.events.failed(status === 401 || status === 403 ? 'refused' : 'network', failureText(status))
  }
}

function failureText(status: number | undefined): string {
  if (status === 401) return 'You are not logged in any more.'
  if (status === 403) return 'You may not watch this footage.'
  if (status === 404 || status === 410)
    return 'This footage is gone: it was deleted, or its volume is not there.'
  if (status === 503) return 'The volume that holds this footage is not there.'
  if (status) return `Vedette could not send the footage (status ${status}).`
  return 'The footage could not be fetched: Vedette does not answer.'
}

function pieces(details: LevelDetails): Piece[] {
  const found: Piece[] = []
  for (const fragment of details.fragments) {
    // Marked as a gap: the file is gone or damaged.
    if (fragment.programDateTime === null || fragment.gap) continue
    found.push({ mediaS: fragment.start, durationS: fragment.duration, wallMs: fragment.programDateTime })
  }
  return found
}

function entriesOf(details: LevelDetails): Entry[] {
  return details.fragments.map(entryOf).filter((entry) => entry !== null)
}

function entryOf({ start, duration, url, byteRange, initSegment, gap }: Fragment): Entry | null {
  const [low, high] = byteRange
  if (gap || !initSegment || low === undefined || high === undefined) return null
  return { mediaS: start, durationS: duration, url, range: [low, high], init: initSegment.url }
}
