/**
 * Which live player: fragments on a socket (MSE), else low-latency HLS, else stills, by what this browser can do and what
 * gave a picture. Whoever wants WebRTC puts its player in front of this one.
 */

import type { StreamKind } from '@/api/types'
import { Observable, type PlayerEngine } from './engine'
import { LlHlsPlayer } from './llhls/llhls-player'
import { CONNECTING, type LiveState } from './live-state'
import { MsePlayer } from './mse/mse-player'
import type { Quality } from './quality'

export type Way = 'mse' | 'hls'
export type LiveEngine = PlayerEngine<LiveState>

/** What a browser can do. */
export interface Abilities {
  mediaSource: boolean
  socket: boolean
  /** It plays playlists by itself. */
  nativeHls: boolean
}

// A camera that delivers shows a picture in this time, or this way does not work here.
const PICTURE_WITHIN_MS = 6_000
// A server that is there takes a connection in this time, or something between lets none through.
const CONNECTION_WITHIN_MS = 3_000
const LOOK_MS = 500
const WORDS: Record<Way, string> = { mse: 'MSE', hls: 'HLS' }

/** What is tried, in turn; none where only stills are left. `worked` is what gave a picture before. */
export function waysOf(can: Abilities, worked: Way | null): Way[] {
  const ways: Way[] = []
  if (can.mediaSource && can.socket) ways.push('mse')
  if (can.mediaSource || can.nativeHls) ways.push('hls')
  return worked && ways.includes(worked) ? [worked, ...ways.filter((way) => way !== worked)] : ways
}

/**
 * Whether another way may do better. One that waits for its camera does what it can; a codec that a MediaSource can't
 * decode no other use of it can, but a browser's own player may.
 */
export function mayDoBetter(state: LiveState, waitedMs: number, can: Abilities): boolean {
  if (state.phase === 'unsupported') return can.nativeHls
  if (state.phase !== 'connecting') return false
  if (waitedMs < (state.connected ? PICTURE_WITHIN_MS : CONNECTION_WITHIN_MS)) return false
  const delivers =
    state.status === null || state.status.state === 'recording' || state.status.state === 'live'
  return delivers
}

/** The player for a tile. */
export function liveEngine(camera: string, stream: StreamKind, quality: Quality | null = null): LiveEngine {
  return new ChosenPlayer(camera, stream, quality, abilities())
}

const makers: Record<Way, (camera: string, stream: StreamKind, quality: Quality | null) => LiveEngine> = {
  mse: (camera, stream, quality) => new MsePlayer(camera, stream, quality),
  hls: (camera, stream, quality) => new LlHlsPlayer(camera, stream, quality),
}

export class ChosenPlayer extends Observable<LiveState> implements LiveEngine {
  private video: HTMLVideoElement | null = null
  private inner: LiveEngine | null = null
  private way: Way | null = null
  private unfollow: () => void = () => undefined
  private timer: number | undefined
  private since = 0
  /** Each is tried once; after that the first stays, and goes on by itself when its server or camera is back. */
  private left: Way[]
  private readonly first: Way | null

  constructor(
    private readonly camera: string,
    private readonly stream: StreamKind,
    private readonly quality: Quality | null,
    private readonly can: Abilities,
    private readonly make = makers,
  ) {
    super(CONNECTING)
    this.left = waysOf(can, workedFor(camera))
    this.first = this.left[0] ?? null
  }

  attach(video: HTMLVideoElement): void {
    this.video = video
    this.timer = window.setInterval(this.look, LOOK_MS)
    this.next()
  }

  destroy(): void {
    window.clearInterval(this.timer)
    this.drop()
    this.video = null
  }

  wallMs(): number | null {
    return this.inner?.wallMs() ?? null
  }

  again(): void {
    this.inner?.again?.()
  }

  private next(): void {
    const way = this.left.shift()
    if (way) this.use(way, way !== 'mse')
    else this.change({ phase: 'unsupported' })
  }

  private use(way: Way, tell: boolean): void {
    const { video } = this
    if (!video) return
    this.drop()
    this.way = way
    this.since = performance.now()
    const inner = (this.inner = this.make[way](this.camera, this.stream, this.quality))
    const notice = tell ? 'Shown by HLS, a second or more behind.' : ''
    const take = () => {
      const state = inner.getState()
      if (state.phase === 'playing') worked(this.camera, way)
      this.change({ ...state, by: WORDS[way], notice: state.notice ?? notice })
    }
    this.unfollow = inner.subscribe(take)
    take()
    inner.attach(video)
  }

  private drop(): void {
    this.unfollow()
    this.inner?.destroy()
    this.inner = null
  }

  private readonly look = () => {
    const { inner } = this
    if (!inner || !mayDoBetter(inner.getState(), performance.now() - this.since, this.can)) return
    if (this.left.length > 0) this.next()
    else if (inner.getState().phase !== 'unsupported' && this.first && this.way !== this.first)
      this.use(this.first, this.first !== 'mse')
  }
}

function abilities(): Abilities {
  return {
    mediaSource: 'MediaSource' in window || 'ManagedMediaSource' in window,
    socket: 'WebSocket' in window,
    nativeHls: document.createElement('video').canPlayType('application/vnd.apple.mpegurl') === 'probably',
  }
}

const KEY = 'vedette.live.'

function workedFor(camera: string): Way | null {
  try {
    const kept = window.sessionStorage.getItem(KEY + camera)
    return kept === 'mse' || kept === 'hls' ? kept : null
  } catch {
    return null // storage is forbidden
  }
}

function worked(camera: string, way: Way): void {
  try {
    if (window.sessionStorage.getItem(KEY + camera) !== way) window.sessionStorage.setItem(KEY + camera, way)
  } catch {
    // Nothing is remembered then.
  }
}
