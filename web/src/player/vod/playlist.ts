/** One playlist in hls.js: loads it, tells what it holds, and reports failures in words. */

import Hls, { ErrorDetails, ErrorTypes, Events, type ErrorData, type LevelDetails } from 'hls.js/light'
import { address } from '@/api/client'
import type { StreamKind } from '@/api/types'
import { tickets, withTicket, type TicketSource, type Wish } from '../tickets/store'
import { FootageMap, type Piece } from './footage-map'

export interface Window {
  start: number
  end: number
}

export interface PlaylistEvents {
  /** The playlist was read (an empty map when there is no footage in the window). */
  loaded(map: FootageMap): void
  failed(kind: 'network' | 'unsupported' | 'media', message: string): void
}

const NETWORK_RETRIES = 4

export class Playlist {
  private readonly hls: Hls
  private details: LevelDetails | null = null
  private cached: FootageMap | null = null
  private mediaRecovered = false
  private networkFailures = 0
  private readonly wish: Wish

  constructor(
    camera: string,
    stream: StreamKind,
    readonly window: Window,
    private readonly events: PlaylistEvents,
    private readonly source: TicketSource = tickets,
  ) {
    this.wish = { camera, kind: 'playback', range: { start: window.start, end: window.end } }
    this.hls = new Hls({
      autoStartLoad: false,
      // A worker would only pass fragmented MP4 through.
      enableWorker: false,
      maxBufferLength: 20,
      maxMaxBufferLength: 60,
      backBufferLength: 60,
      maxBufferHole: 0.3,
      nudgeMaxRetry: 8,
      // Each request with the newest ticket: a playlist is older than the media that it names.
      xhrSetup: async (xhr, url) => {
        xhr.open('GET', withTicket(url, await this.source.get(this.wish)), true)
      },
    })
    this.hls.on(Events.LEVEL_LOADED, (_, { details }) => {
      const first = !this.details
      this.details = details
      this.cached = null
      // A playlist that reaches into the future is read again and again.
      if (first) this.events.loaded(this.map())
    })
    // Real time stamps replace the playlist's rounded durations as fragments arrive.
    this.hls.on(Events.LEVEL_PTS_UPDATED, () => {
      this.cached = null
    })
    this.hls.on(Events.FRAG_BUFFERED, () => {
      this.networkFailures = 0
    })
    this.hls.on(Events.ERROR, (_, data) => this.onError(data))
    this.hls.loadSource(
      address(`/playback/${encodeURIComponent(camera)}/index.m3u8`, {
        start: new Date(window.start).toISOString(),
        end: new Date(window.end).toISOString(),
        stream,
      }),
    )
  }

  static readonly supported = (): boolean => Hls.isSupported()

  /** Begins to fetch media into `video` at `mediaS`; once, later calls do nothing. */
  start(video: HTMLVideoElement, mediaS: number): void {
    if (this.hls.media) return
    this.hls.attachMedia(video)
    this.hls.startLoad(mediaS)
  }

  /** Where the footage is, as exactly as is known by now. */
  map(): FootageMap {
    this.cached ??= new FootageMap(this.details ? pieces(this.details) : [])
    return this.cached
  }

  destroy(): void {
    this.hls.destroy()
  }

  private onError(data: ErrorData): void {
    if (!data.fatal) return
    const status = data.response?.code
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
    this.events.failed('network', failureText(status))
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
