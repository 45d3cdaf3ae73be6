/**
 * Moves the playhead at any speed, in both directions, by what can: the video element itself, single pictures over it
 * (`trick`), or seek after seek of the element where the browser decodes no single pictures (pages without TLS).
 */

import { playAloud } from '../play'
import { Pace } from './pace'
import type { Playlist } from './playlist'
import { Reverse } from './reverse'
import { canDecodePictures } from './trick/decode'
import { ELEMENT_FASTEST } from './trick/plan'
import { Reader } from './trick/reader'
import { Trick, type Shows } from './trick/trick'

export type Way = 'element' | 'pictures' | 'seeks'

export interface SpeedEvents {
  playlist(): Playlist | null
  /** Negative is backwards. */
  rate(): number
  /** Whether the element may be moved now. */
  ready(): boolean
  frameS(): number
  shows(shows: Shows): void
  /** A single picture is on the screen. */
  shown(): void
  /** The footage of the playlist ends here in the direction of play. */
  edge(): void
  /** The way of going at this speed has changed. */
  again(): void
}

export class Speed {
  private readonly trick: Trick
  private readonly seeks: Reverse
  private readonly pace: Pace
  /** From this speed on the element did not keep up. */
  private tooFast = ELEMENT_FASTEST + 1
  private pictures = canDecodePictures()

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly events: SpeedEvents,
  ) {
    const reader = new Reader((url, range) => {
      const playlist = events.playlist()
      return playlist ? playlist.bytes(url, range) : Promise.reject(new Error('no playlist is open'))
    })
    this.trick = new Trick(video, reader, {
      entries: () => events.playlist()?.entries() ?? [],
      codec: () => events.playlist()?.videoCodec() ?? null,
      shown: () => events.shown(),
      shows: (shows) => events.shows(shows),
      edge: () => events.edge(),
      failed: () => {
        this.pictures = false
        events.again()
      },
    })
    this.seeks = new Reverse(video, {
      rate: () => events.rate(),
      ready: () => events.ready(),
      frameS: () => events.frameS(),
      onEdge: () => events.edge(),
    })
    this.pace = new Pace(
      video,
      () => 1 / events.frameS(),
      (rate) => {
        if (!this.pictures) return
        this.tooFast = Math.min(this.tooFast, rate)
        events.again()
      },
    )
  }

  way(rate: number): Way {
    if (rate > 0 && rate < this.tooFast) return 'element'
    if (this.pictures) return 'pictures'
    return rate > 0 && rate <= ELEMENT_FASTEST ? 'element' : 'seeks'
  }

  /** Where the shown picture is, while it is a single one; else the element tells. */
  get mediaS(): number | null {
    return this.trick.mediaS
  }

  /** Single pictures are on their way or on the screen. */
  get showing(): boolean {
    return this.trick.active || this.trick.mediaS !== null
  }

  get picture(): HTMLCanvasElement | HTMLVideoElement {
    return this.trick.mediaS === null ? this.video : this.trick.picture
  }

  /** Goes on from `mediaS`, where the element is unless pictures are shown. */
  go(rate: number, mediaS: number): void {
    this.halt()
    const way = this.way(rate)
    if (way === 'pictures') {
      this.video.pause()
      this.trick.start(mediaS, rate)
      return
    }
    this.events.shows('frames')
    if (way === 'seeks') {
      this.seeks.start()
      return
    }
    this.video.playbackRate = rate
    this.pace.watch(rate)
    void playAloud(this.video)
  }

  /** Nothing moves any more; a single picture stays on the screen until `uncover`. */
  halt(): void {
    this.pace.stop()
    this.seeks.stop()
    this.trick.halt()
  }

  /** The element shows what is to be seen. */
  uncover(): void {
    if (!this.trick.active) this.trick.hide()
  }

  destroy(): void {
    this.halt()
    this.trick.destroy()
  }
}
