/** Single pictures in a video element, drawn one by one: key frames by WebCodecs, or stills by HTTP. The element stays the
 * one that shows, so that snapshots, zoom and full screen are the same for all steps. */

import { address } from '@/api/client'
import { session } from '@/access/session'
import { tickets, withTicket, type Wish } from '../tickets/store'
import { parseFragment } from '../mse/protocol'
import { configOf, firstSample } from './sample'

export interface PictureEvents {
  shown(wallMs: number): void
  /** This way of showing does not work here. */
  failed(): void
}

/** A canvas whose pictures the element shows. */
class Easel {
  private readonly canvas = document.createElement('canvas')
  private readonly context = this.canvas.getContext('2d')
  private stream: MediaStream | null = null

  constructor(private readonly video: HTMLVideoElement) {}

  draw(picture: VideoFrame | ImageBitmap, width: number, height: number): void {
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width
      this.canvas.height = height
    }
    this.context?.drawImage(picture, 0, 0, width, height)
    if (!this.stream) {
      this.stream = this.canvas.captureStream(0)
      this.video.srcObject = this.stream
      void this.video.play().catch(() => undefined)
    }
    for (const track of this.stream.getVideoTracks()) (track as CanvasCaptureMediaStreamTrack).requestFrame()
  }

  destroy(): void {
    for (const track of this.stream?.getTracks() ?? []) track.stop()
    if (this.stream && this.video.srcObject === this.stream) this.video.srcObject = null
    this.stream = null
  }
}

export function canDecodePictures(): boolean {
  return window.isSecureContext && 'VideoDecoder' in window
}

/** Key frames as they come, decoded without a player. */
export class KeyFrames {
  private readonly easel: Easel
  private decoder: VideoDecoder | null = null
  private wall: number | null = null
  private timescale = 90_000

  constructor(
    video: HTMLVideoElement,
    private readonly events: PictureEvents,
  ) {
    this.easel = new Easel(video)
  }

  init(codecs: string, timescale: number, data: ArrayBuffer): void {
    this.timescale = timescale
    this.close()
    const codec = codecs.split(',')[0]?.trim() ?? ''
    const description = configOf(new Uint8Array(data))
    const decoder = new VideoDecoder({
      output: (frame) => {
        this.wall = frame.timestamp / 1000
        this.easel.draw(frame, frame.displayWidth, frame.displayHeight)
        frame.close()
        this.events.shown(this.wall)
      },
      error: () => this.events.failed(),
    })
    try {
      decoder.configure({
        codec,
        optimizeForLatency: true,
        ...(description && !codec.startsWith('av01') ? { description } : {}),
      })
      this.decoder = decoder
    } catch {
      this.events.failed()
    }
  }

  append(message: ArrayBuffer): void {
    const { wallMs, data } = parseFragment(message, this.timescale)
    const sample = firstSample(data)
    const decoder = this.decoder
    // One that has not come through with the last pictures shows none of these in time.
    if (!sample || !decoder || decoder.state !== 'configured' || decoder.decodeQueueSize > 2) return
    decoder.decode(new EncodedVideoChunk({ type: 'key', timestamp: wallMs * 1000, data: sample }))
    // Every picture stands alone: none of them waits for the next one.
    void decoder.flush().catch(() => undefined)
  }

  wallMs(): number | null {
    return this.wall
  }

  destroy(): void {
    this.close()
    this.easel.destroy()
  }

  private close(): void {
    if (this.decoder && this.decoder.state !== 'closed') this.decoder.close()
    this.decoder = null
  }
}

const EVERY_MS = 1_000
const WIDTH = 640

/** Pictures by HTTP, about one a second, never two questions at a time. */
export class Stills {
  private readonly easel: Easel
  private readonly wish: Wish
  private timer: number | undefined
  private wall: number | null = null
  private etag = ''
  private dead = false

  constructor(
    video: HTMLVideoElement,
    private readonly camera: string,
    private readonly stream: string,
    private readonly events: PictureEvents,
  ) {
    this.easel = new Easel(video)
    this.wish = { camera, kind: 'still' }
    void this.look()
  }

  wallMs(): number | null {
    return this.wall
  }

  destroy(): void {
    this.dead = true
    window.clearTimeout(this.timer)
    this.easel.destroy()
  }

  private async look(): Promise<void> {
    const began = performance.now()
    try {
      await this.fetchOne()
    } catch {
      // The server is out of reach: the socket says so, and the next second asks again.
    }
    if (!this.dead)
      this.timer = window.setTimeout(
        () => void this.look(),
        Math.max(EVERY_MS / 4, EVERY_MS - (performance.now() - began)),
      )
  }

  private async fetchOne(): Promise<void> {
    const asked = Date.now()
    const url = address(`/cameras/${encodeURIComponent(this.camera)}/snapshot.jpg`, {
      width: WIDTH,
      stream: this.stream,
      missing: 'empty',
    })
    const answer = await fetch(withTicket(url, await tickets.get(this.wish)), {
      headers: this.etag ? { 'If-None-Match': this.etag } : {},
      cache: 'no-store',
    })
    if (answer.status === 401) void session.renew(asked)
    if (answer.status >= 400) tickets.refused(this.wish)
    if (answer.status !== 200) return
    const taken = answer.headers.get('X-Captured-At')
    this.etag = answer.headers.get('ETag') ?? ''
    const picture = await createImageBitmap(await answer.blob())
    if (!this.dead) {
      this.easel.draw(picture, picture.width, picture.height)
      this.wall = taken === null ? asked : Date.parse(taken)
      this.events.shown(this.wall)
    }
    picture.close()
  }
}
