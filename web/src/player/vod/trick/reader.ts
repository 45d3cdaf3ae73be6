/** Reads recorded pictures out of a playlist's entries, and keeps those of the last few. */

import { bytesOfFirst, samplesOf, videoTrack, type Sample, type VideoTrack } from './samples'

/** An entry of the playlist: a byte range of a file, which begins with a key frame. */
export interface Entry {
  /** Where it begins on the element's time line, and how long it is, seconds. */
  mediaS: number
  durationS: number
  url: string
  /** Bytes `[start, end)`. */
  range: readonly [start: number, end: number]
  /** Address of its init. */
  init: string
}

export type Fetch = (url: string, range: readonly [number, number] | null) => Promise<ArrayBuffer>

export interface Picture {
  mediaS: number
  key: boolean
  data: Uint8Array<ArrayBuffer>
}

/** From a key frame to the next one. `pictures` are in order of decoding. */
export interface Group {
  track: VideoTrack
  mediaS: number
  endS: number
  pictures: Picture[]
}

const MOST_KEPT = 6
const MOST_HEADS = 64
// Enough for most key frames of 1080p; it follows what is found.
const FIRST_GUESS_BYTES = 192 * 1024

export class Reader {
  private readonly inits = new Map<string, Promise<VideoTrack>>()
  private readonly groups_ = new Map<string, Promise<Group[]>>()
  private readonly heads = new Map<string, Promise<Group>>()
  private guess = FIRST_GUESS_BYTES
  private lineBits: number | null = null

  constructor(private readonly fetch: Fetch) {}

  /** How fast the line is, bits per second, as far as it was measured. */
  get lineBitsPerS(): number | null {
    return this.lineBits
  }

  /** All groups of an entry, in order. */
  groups(entry: Entry): Promise<Group[]> {
    return kept(this.groups_, keyOf(entry), MOST_KEPT, async () => {
      const [track, data] = await Promise.all([this.track(entry), this.bytes(entry.url, entry.range)])
      return groupsOf(entry, track, data)
    })
  }

  /** The first picture of an entry alone. */
  head(entry: Entry): Promise<Group> {
    return kept(this.heads, keyOf(entry), MOST_HEADS, async () => {
      const track = await this.track(entry)
      const [start, end] = entry.range
      let data = await this.bytes(entry.url, [start, Math.min(end, start + this.guess)])
      const size = bytesOfFirst(data, track.id)
      if (size === null || size > data.byteLength) {
        this.guess = Math.max(this.guess, Math.ceil((size ?? this.guess * 2) * 1.25))
        data = await this.bytes(entry.url, [start, size === null ? end : Math.min(end, start + size)])
      }
      const [group] = groupsOf(entry, track, data)
      const first = group?.pictures[0]
      if (!group || !first) throw new Error('no picture in the entry')
      return { ...group, pictures: [first] }
    })
  }

  private track(entry: Entry): Promise<VideoTrack> {
    return kept(this.inits, entry.init, MOST_HEADS, async () => {
      const track = videoTrack(new Uint8Array(await this.fetch(entry.init, null)))
      if (!track) throw new Error('no video in the init')
      return track
    })
  }

  private async bytes(url: string, range: readonly [number, number]): Promise<Uint8Array<ArrayBuffer>> {
    const began = performance.now()
    const data = await this.fetch(url, range)
    const took = Math.max(1, performance.now() - began)
    const bits = (data.byteLength * 8000) / took
    this.lineBits = this.lineBits === null ? bits : this.lineBits * 0.7 + bits * 0.3
    return new Uint8Array(data)
  }
}

/** Pure: the groups in the bytes of an entry, with times of the element. */
export function groupsOf(entry: Entry, track: VideoTrack, data: Uint8Array<ArrayBuffer>): Group[] {
  const samples = samplesOf(data, track.id)
  const first = samples[0]
  if (!first) return []
  const at = (sample: Sample) => entry.mediaS + (sample.pts - first.dts) / track.timescale
  const found: Group[] = []
  for (const sample of samples) {
    const picture = {
      mediaS: at(sample),
      key: sample.key,
      data: data.subarray(sample.offset, sample.offset + sample.size),
    }
    const group = found.at(-1)
    if (sample.key || !group) {
      if (group) group.endS = picture.mediaS
      found.push({ track, mediaS: picture.mediaS, endS: entry.mediaS + entry.durationS, pictures: [picture] })
    } else {
      group.pictures.push(picture)
    }
  }
  return found
}

/** The value of a key, made when it is not there. What could not be made is forgotten. */
function kept<T>(
  map: Map<string, Promise<T>>,
  key: string,
  most: number,
  make: () => Promise<T>,
): Promise<T> {
  const known = map.get(key)
  if (known) {
    map.delete(key)
    map.set(key, known)
    return known
  }
  const made = make()
  map.set(key, made)
  made.catch(() => map.delete(key))
  for (const oldest of map.keys()) {
    if (map.size <= most) break
    map.delete(oldest)
  }
  return made
}

const keyOf = ({ url, range }: Entry) => `${url} ${range[0]}`
