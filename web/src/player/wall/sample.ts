/** Single pictures out of fragmented MP4, for a decoder of pictures instead of a player (ISO/IEC 14496-12, 8.8; 14496-15). */

const CONTAINERS = new Set(['moof', 'traf'])
const TRUN_DATA_OFFSET = 0x1
const TRUN_FIRST_FLAGS = 0x4
const TRUN_DURATIONS = 0x100
const TRUN_SIZES = 0x200

/** The decoder's configuration record in an init (`avcC`, `hvcC` ...); null where its codec has none. */
export function configOf(init: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  const view = new DataView(init.buffer, init.byteOffset, init.byteLength)
  for (let at = 4; at + 4 <= init.byteLength; at += 1) {
    const type = typeAt(view, at)
    if (type !== 'avcC' && type !== 'hvcC' && type !== 'av1C') continue
    const size = view.getUint32(at - 4)
    if (size > 8 && at - 4 + size <= init.byteLength) return init.slice(at + 4, at - 4 + size)
  }
  return null
}

/** The first sample of the first track: of a key frame's fragment that is the key frame. Null where there is none. */
export function firstSample(data: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | null {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  let at = 0
  let end = data.byteLength
  while (at + 8 <= end) {
    const size = view.getUint32(at)
    const type = typeAt(view, at + 4)
    if (type === 'trun') return sampleOf(view, at, data)
    if (size < 8) return null
    if (CONTAINERS.has(type)) {
      end = Math.min(end, at + size)
      at += 8
    } else {
      at += size
    }
  }
  return null
}

/** A fragment begins with its `moof`, which offsets count from. */
function sampleOf(
  view: DataView,
  trun: number,
  data: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> | null {
  if (trun + 32 > data.byteLength) return null
  const flags = view.getUint32(trun + 8) & 0xffffff
  if (!(flags & TRUN_DATA_OFFSET) || !(flags & TRUN_SIZES)) return null
  const offset = view.getInt32(trun + 16)
  const sizeAt = trun + 20 + (flags & TRUN_FIRST_FLAGS ? 4 : 0) + (flags & TRUN_DURATIONS ? 4 : 0)
  const size = view.getUint32(sizeAt)
  return offset > 0 && offset + size <= data.byteLength ? data.slice(offset, offset + size) : null
}

function typeAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)))
}
