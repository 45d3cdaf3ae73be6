/** The pictures in recorded fragments, as the recorder writes them (ISO/IEC 14496-12, 8.8): where each is and when. Pure. */

import { configOf } from '../../wall/sample'

export interface VideoTrack {
  id: number
  /** Ticks in a second. */
  timescale: number
  /** For a decoder (RFC 6381); null where it has to be told by somebody else. */
  codec: string | null
  /** The decoder's configuration record. */
  description: Uint8Array<ArrayBuffer> | null
}

export interface Sample {
  /** Ticks of the track. */
  dts: number
  pts: number
  key: boolean
  /** Where its bytes are. */
  offset: number
  size: number
}

const TFHD_DURATION = 0x8
const TRUN_DATA_OFFSET = 0x1
const TRUN_FIRST_FLAGS = 0x4
const TRUN_DURATIONS = 0x100
const TRUN_SIZES = 0x200
const TRUN_FLAGS = 0x400
const TRUN_OFFSETS = 0x800
const NO_SYNC_SAMPLE = 0x10000

/** The video track of an init; null where there is none that can be decoded picture by picture. */
export function videoTrack(init: Uint8Array<ArrayBuffer>): VideoTrack | null {
  const view = viewOf(init)
  for (const moov of boxes(view, 0, init.byteLength)) {
    if (moov.type !== 'moov') continue
    for (const trak of boxes(view, moov.body, moov.end)) {
      const found = trak.type === 'trak' ? trackOf(view, init, trak) : null
      if (found) return found
    }
  }
  return null
}

/** The samples of a track that lie whole in `data`, in order of decoding. `data` begins with a `moof` and may be cut. */
export function samplesOf(data: Uint8Array, track: number): Sample[] {
  const view = viewOf(data)
  const found: Sample[] = []
  for (const moof of boxes(view, 0, data.byteLength)) {
    if (moof.type !== 'moof') continue
    for (const traf of boxes(view, moof.body, moof.end))
      if (traf.type === 'traf') runOf(view, moof.start, traf, track, found)
  }
  return found
}

/** How many bytes from the beginning of `data` its first key frame takes; null where that can't be told from them. */
export function bytesOfFirst(data: Uint8Array, track: number): number | null {
  const view = viewOf(data)
  for (const moof of boxes(view, 0, data.byteLength)) {
    if (moof.type !== 'moof') continue
    const found: Sample[] = []
    for (const traf of boxes(view, moof.body, moof.end))
      if (traf.type === 'traf') runOf(view, moof.start, traf, track, found, Infinity)
    return found[0] ? found[0].offset + found[0].size : null
  }
  return null
}

interface Box {
  type: string
  start: number
  body: number
  end: number
}

function* boxes(view: DataView, from: number, to: number): Generator<Box> {
  let at = from
  while (at + 8 <= to) {
    const size = view.getUint32(at)
    const type = String.fromCharCode(...[4, 5, 6, 7].map((i) => view.getUint8(at + i)))
    // One that is torn: what is in it has to be whole itself.
    if (size < 8) return
    const end = at + size
    if (end > to && type !== 'mdat') return
    yield { type, start: at, body: at + 8, end: Math.min(end, to) }
    at = end
  }
}

function child(view: DataView, parent: Box, ...path: string[]): Box | null {
  let within: Box | undefined = parent
  for (const type of path) {
    within = within && [...boxes(view, within.body, within.end)].find((one) => one.type === type)
  }
  return within ?? null
}

function trackOf(view: DataView, init: Uint8Array<ArrayBuffer>, trak: Box): VideoTrack | null {
  const head = child(view, trak, 'tkhd')
  const media = child(view, trak, 'mdia', 'mdhd')
  const handler = child(view, trak, 'mdia', 'hdlr')
  if (!head || !media || !handler || handler.body + 12 > handler.end) return null
  if (view.getUint32(handler.body + 8) !== 0x76696465) return null // vide
  const long = (box: Box) => view.getUint8(box.body) === 1
  const description = configOf(init.slice(trak.start, trak.end))
  return {
    id: view.getUint32(head.body + (long(head) ? 20 : 12)),
    timescale: view.getUint32(media.body + (long(media) ? 20 : 12)),
    codec: avcName(init, trak, description),
    description,
  }
}

/** `avc1.PPCCLL`: the three bytes stand in the record (ISO/IEC 14496-15, 5.3.3). */
function avcName(init: Uint8Array, trak: Box, record: Uint8Array | null): string | null {
  const isAvc = record !== null && indexOfText(init, 'avcC', trak) >= 0
  if (!isAvc) return null
  return `avc1.${[...record.subarray(1, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

function indexOfText(data: Uint8Array, text: string, { start, end }: Box): number {
  const codes = new TextEncoder().encode(text)
  for (let at = start; at + codes.length <= end; at += 1)
    if (codes.every((code, i) => data[at + i] === code)) return at
  return -1
}

function runOf(
  view: DataView,
  moof: number,
  traf: Box,
  track: number,
  into: Sample[],
  limit = view.byteLength,
): void {
  const head = child(view, traf, 'tfhd')
  const time = child(view, traf, 'tfdt')
  const run = child(view, traf, 'trun')
  if (!head || !time || !run || view.getUint32(head.body + 4) !== track) return
  const headFlags = view.getUint32(head.body) & 0xffffff
  const flags = view.getUint32(run.body) & 0xffffff
  if (!(flags & TRUN_DATA_OFFSET) || !(flags & TRUN_SIZES)) return
  const usual = headFlags & TFHD_DURATION ? view.getUint32(head.body + 8) : 0
  let dts =
    view.getUint8(time.body) === 1 ? Number(view.getBigUint64(time.body + 4)) : view.getUint32(time.body + 4)
  const count = view.getUint32(run.body + 4)
  let offset = moof + view.getInt32(run.body + 8)
  let at = run.body + 12
  let key = false
  if (flags & TRUN_FIRST_FLAGS) {
    key = !(view.getUint32(at) & NO_SYNC_SAMPLE)
    at += 4
  }
  const fields = [TRUN_DURATIONS, TRUN_SIZES, TRUN_FLAGS, TRUN_OFFSETS].filter((flag) => flags & flag).length
  if (at + 4 * fields * count > run.end) return
  for (let number = 0; number < count; number += 1) {
    const next = () => {
      at += 4
      return view.getUint32(at - 4)
    }
    const duration = flags & TRUN_DURATIONS ? next() : usual
    const size = next()
    const own = flags & TRUN_FLAGS ? !(next() & NO_SYNC_SAMPLE) : false
    const shift = flags & TRUN_OFFSETS ? next() | 0 : 0
    if (offset + size > limit) return
    into.push({ dts, pts: dts + shift, key: number === 0 ? key || own : own, offset, size })
    dts += duration
    offset += size
  }
}

function viewOf(data: Uint8Array): DataView {
  return new DataView(data.buffer, data.byteOffset, data.byteLength)
}
