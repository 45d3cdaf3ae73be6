/** Decodes groups of recorded pictures, one group after the other (WebCodecs; secure contexts only). */

import { canDecodePictures } from '../../wall/pictures'
import type { Group, Picture } from './reader'

export { canDecodePictures }

export class PictureDecoder {
  private decoder: VideoDecoder | null = null
  private configured = ''
  private output: ((frame: VideoFrame) => void) | null = null
  private failure: Error | null = null
  private last: Promise<unknown> = Promise.resolve()

  /**
   * Gives the pictures of a group to `onFrame`, in order of presentation; it has to close them. `codec` is told by the
   * player where the init does not. Settles when all were given. Rejects for what this browser can't decode.
   */
  decode(
    group: Group,
    pictures: Picture[],
    codec: string | null,
    onFrame: (frame: VideoFrame) => void,
  ): Promise<void> {
    const done = this.last.then(() => this.decodeNow(group, pictures, codec, onFrame))
    this.last = done.catch(() => undefined)
    return done
  }

  destroy(): void {
    this.output = (frame) => frame.close()
    this.close()
  }

  private async decodeNow(
    { track }: Group,
    pictures: Picture[],
    told: string | null,
    onFrame: (frame: VideoFrame) => void,
  ): Promise<void> {
    const codec = track.codec ?? told
    if (!codec || !track.description) throw new Error('the codec is not known')
    const decoder = this.open(codec, track.description)
    this.output = onFrame
    for (const { mediaS, key, data } of pictures)
      decoder.decode(
        new EncodedVideoChunk({ type: key ? 'key' : 'delta', timestamp: Math.round(mediaS * 1e6), data }),
      )
    try {
      await decoder.flush()
    } catch (error) {
      this.close()
      throw this.failure ?? error
    }
  }

  private open(codec: string, description: Uint8Array<ArrayBuffer>): VideoDecoder {
    const configuration = `${codec} ${description.join()}`
    if (this.decoder?.state === 'configured' && this.configured === configuration) return this.decoder
    this.close()
    const decoder = new VideoDecoder({
      output: (frame) => {
        if (this.output) this.output(frame)
        else frame.close()
      },
      error: (error) => (this.failure = error),
    })
    decoder.configure({ codec, description, optimizeForLatency: true })
    this.decoder = decoder
    this.configured = configuration
    this.failure = null
    return decoder
  }

  private close(): void {
    if (this.decoder && this.decoder.state !== 'closed') this.decoder.close()
    this.decoder = null
  }
}
