/** WebRTC for as long as it works, and another player as soon as it does not. */

import type { StreamKind } from '@/api/types'
import { Observable, type PlayerEngine } from '../engine'
import type { LiveState } from '../live-state'
import type { Quality } from '../quality'
import type { WebRtcFigures } from './figures'
import { WhepPlayer } from './whep-player'

type Live = PlayerEngine<LiveState>

export class LowDelayPlayer extends Observable<LiveState> implements Live {
  private video: HTMLVideoElement | null = null
  private inner: Live
  private stop: () => void

  constructor(
    camera: string,
    stream: StreamKind,
    private readonly other: () => Live,
    quality: Quality | null = null,
  ) {
    const first = new WhepPlayer(camera, stream, (why) => this.fallBack(why), quality)
    super(first.getState())
    this.inner = first
    this.stop = this.follow(first, '')
  }

  attach(video: HTMLVideoElement): void {
    this.video = video
    this.inner.attach(video)
  }

  destroy(): void {
    this.stop()
    this.inner.destroy()
    this.video = null
  }

  wallMs(): number | null {
    return this.inner.wallMs()
  }

  again(): void {
    this.inner.again?.()
  }

  /** Of WebRTC; null when the other player has taken over. */
  figures(): Promise<WebRtcFigures | null> {
    return this.inner instanceof WhepPlayer ? this.inner.figures() : Promise.resolve(null)
  }

  private follow(engine: Live, notice: string): () => void {
    const take = () => this.change(notice ? { ...engine.getState(), notice } : engine.getState())
    return engine.subscribe(take)
  }

  private fallBack(why: string): void {
    const { video } = this
    if (!video) return
    this.stop()
    this.inner.destroy()
    this.inner = this.other()
    const notice = `Shown without WebRTC: ${why.replace(/\.$/, '')}.`
    this.stop = this.follow(this.inner, notice)
    this.change({ ...this.inner.getState(), notice })
    this.inner.attach(video)
  }
}
