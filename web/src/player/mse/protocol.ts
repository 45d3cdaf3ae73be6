/**
 * The live socket's messages. Text carries control, binary carries media: the first binary message after an `init` text
 * is the init (`ftyp` + `moov`), all others are `[8-byte big-endian wall-clock ms of the first frame][moof + mdat]`.
 */

import type { StreamStatus } from '@/api/types'
import { refusalIn, type Refusal } from '../refusal'

export type Control =
  | { type: 'init'; mime: string; codecs: string; timescale: number }
  | { type: 'status'; status: StreamStatus }
  | { type: 'lagged' }
  | { type: 'session'; nowMs: number }
  /** The answer to a report with that `atMs`. */
  | { type: 'clock'; atMs: number; nowMs: number }
  /** Why the socket is closed in a moment. */
  | { type: 'refused'; refusal: Refusal | null }
  | { type: 'unknown' }

export interface Fragment {
  wallMs: number
  /** Decode time of the first frame of the first track, seconds on the run's time line. */
  startS: number
  data: Uint8Array<ArrayBuffer>
}

export const WALL_CLOCK_BYTES = 8

export const CLOSE_OFFLINE = 4503

export function parseControl(text: string): Control {
  const message = JSON.parse(text) as Record<string, unknown>
  switch (message.type) {
    case 'init': {
      const codecs = String(message.codecs)
      const mime = typeof message.mime === 'string' ? message.mime : 'video/mp4'
      return {
        type: 'init',
        codecs,
        mime: mime.includes('codecs=') ? mime : `${mime}; codecs="${codecs}"`,
        timescale: Number(message.timescale),
      }
    }
    case 'status':
      return { type: 'status', status: message as unknown as StreamStatus }
    case 'lagged':
      return { type: 'lagged' }
    case 'session':
      return { type: 'session', nowMs: Number(message.now_ms) }
    case 'clock':
      return { type: 'clock', atMs: Number(message.at_ms), nowMs: Number(message.now_ms) }
    case 'refused':
      return { type: 'refused', refusal: refusalIn(message, Date.now()) }
    default:
      return { type: 'unknown' }
  }
}

/** Raises RangeError for a message that is too short or holds no movie fragment. */
export function parseFragment(buffer: ArrayBuffer, timescale: number): Fragment {
  const wallMs = Number(new DataView(buffer).getBigUint64(0))
  const data = new Uint8Array(buffer, WALL_CLOCK_BYTES)
  return { wallMs, startS: Number(firstDecodeTime(data)) / timescale, data }
}

const CONTAINERS = new Set(['moof', 'traf'])

/** The `tfdt` of the first track fragment (ISO/IEC 14496-12, 8.8.12). */
function firstDecodeTime(data: Uint8Array): bigint {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  let at = 0
  let end = data.byteLength
  while (at + 8 <= end) {
    const size = view.getUint32(at)
    const type = String.fromCharCode(
      view.getUint8(at + 4),
      view.getUint8(at + 5),
      view.getUint8(at + 6),
      view.getUint8(at + 7),
    )
    if (type === 'tfdt')
      return view.getUint8(at + 8) === 1 ? view.getBigUint64(at + 12) : BigInt(view.getUint32(at + 12))
    if (CONTAINERS.has(type)) {
      end = Math.min(end, at + size)
      at += 8
    } else {
      if (size < 8) break
      at += size
    }
  }
  throw new RangeError('The message holds no movie fragment.')
}
