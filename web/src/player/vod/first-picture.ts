/**
 * The first picture after a seek: the key frame before the instant, decoded by itself as soon as its bytes are there. The
 * element shows nothing before it has decoded everything between that key frame and the instant, and is set up anew
 * before that. Where the browser decodes no single pictures, it is left out.
 */

import { canDecodePictures, PictureDecoder } from './trick/decode'
import { groupsOf, type Entry, type Group } from './trick/reader'
import { videoTrack } from './trick/samples'

/** An entry of the playlist that has come, with its init. */
export interface Fetched {
  entry: Entry
  init: Uint8Array<ArrayBuffer>
  data: Uint8Array<ArrayBuffer>
  /** As the media told it; null where that is not known yet. */
  codec: string | null
}

/** The pictures in it; none where they can't be told apart. */
export function groupsIn({ entry, init, data }: Fetched): Group[] {
  const track = videoTrack(init)
  return track ? groupsOf(entry, track, data) : []
}

export class FirstPicture {
  private readonly decoder = new PictureDecoder()
  private able = canDecodePictures()

  /** Gives the key frame of `groups` that `mediaS` is decoded from to `draw`, unless it is not `wanted` any more by then. */
  async show(
    groups: readonly Group[],
    { entry, codec }: Fetched,
    mediaS: number,
    wanted: () => boolean,
    draw: (frame: VideoFrame) => void,
  ): Promise<void> {
    if (!this.able || mediaS < entry.mediaS || mediaS > entry.mediaS + entry.durationS) return
    const group = groups.findLast((one) => one.mediaS <= mediaS)
    const [key] = group?.pictures ?? []
    if (!group || !key) return
    try {
      await this.decoder.decode(group, [key], codec, (frame) => {
        if (wanted()) draw(frame)
        frame.close()
      })
    } catch {
      // The element says what is wrong with the footage, if anything is.
      this.able = false
    }
  }

  destroy(): void {
    this.able = false
    this.decoder.destroy()
  }
}
