import { expect, test } from 'vitest'
import { groupsOf, type Entry } from './reader'
import { bytesOfFirst, samplesOf, videoTrack } from './samples'

const u32 = (value: number) => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255]

function box(type: string, ...body: (number[] | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const bytes = body.flatMap((part) => [...part])
  const out = new Uint8Array(8 + bytes.length)
  new DataView(out.buffer).setUint32(0, out.length)
  out.set(new TextEncoder().encode(type), 4)
  out.set(bytes, 8)
  return out
}

interface Run {
  track: number
  dts: number
  sizes: number[]
  key?: boolean
  /** One for all. */
  duration?: number
  offsets?: number[]
}

/** As the recorder writes it: the duration stands in the tfhd where all are alike, offsets only with B-frames. */
function fragment(...runs: Run[]): Uint8Array<ArrayBuffer> {
  const make = (base: number) => {
    let offset = base
    const trafs = runs.map(({ track, dts, sizes, key, duration = 3600, offsets }) => {
      const at = offset
      offset += sizes.reduce((sum, size) => sum + size, 0)
      const flags = 0x201 | (key ? 4 : 0) | (offsets ? 0x800 : 0)
      return box(
        'traf',
        box('tfhd', u32(0x20008), u32(track), u32(duration)),
        box('tfdt', u32(1 << 24), u32(0), u32(dts)),
        box(
          'trun',
          u32(flags),
          u32(sizes.length),
          u32(at),
          key ? u32(0x2000000) : [],
          ...sizes.map((size, i) => [...u32(size), ...(offsets ? u32(offsets[i] ?? 0) : [])]),
        ),
      )
    })
    return box('moof', box('mfhd', u32(0), u32(1)), ...trafs)
  }
  const moof = make(make(0).length + 8)
  const total = runs.flatMap(({ sizes }) => sizes).reduce((sum, size) => sum + size, 0)
  const mdat = box(
    'mdat',
    Array.from({ length: total }, (_, i) => i % 251),
  )
  const all = new Uint8Array(moof.length + mdat.length)
  all.set(moof)
  all.set(mdat, moof.length)
  return all
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(parts.flatMap((part) => [...part]))
}

const trak = (id: number, handler: string, entry: Uint8Array) =>
  box(
    'trak',
    box('tkhd', u32(0), u32(0), u32(0), u32(id)),
    box(
      'mdia',
      box('mdhd', u32(0), u32(0), u32(0), u32(90_000)),
      box('hdlr', u32(0), u32(0), [...new TextEncoder().encode(handler)]),
      box('minf', box('stbl', box('stsd', u32(0), u32(1), entry))),
    ),
  )

test('the video track of an init, beside sound', () => {
  const avc = box(
    'avc1',
    Array.from({ length: 78 }, () => 0),
    box('avcC', [1, 0x64, 0, 0x28, 255]),
  )
  const init = joined(
    box('ftyp', u32(0)),
    box('moov', trak(1, 'soun', box('mp4a', u32(0))), trak(2, 'vide', avc)),
  )
  expect(videoTrack(init)).toEqual({
    id: 2,
    timescale: 90_000,
    codec: 'avc1.640028',
    description: new Uint8Array([1, 0x64, 0, 0x28, 255]),
  })
  expect(videoTrack(box('moov', trak(1, 'soun', box('mp4a', u32(0)))))).toBeNull()
  expect(videoTrack(new Uint8Array())).toBeNull()
})

const first = fragment(
  { track: 2, dts: 9000, sizes: [50, 10, 12], key: true, offsets: [3600, 7200, 0] },
  { track: 1, dts: 70, sizes: [5, 5] },
)
const second = fragment({ track: 2, dts: 9000 + 3 * 3600, sizes: [11, 9] })
const third = fragment({ track: 2, dts: 9000 + 5 * 3600, sizes: [60], key: true })

test('the samples of one track, across fragments', () => {
  const found = samplesOf(joined(first, second), 2)
  expect(found.map(({ dts, pts, key, size }) => [dts, pts, key, size])).toEqual([
    [9000, 12_600, true, 50],
    [12_600, 19_800, false, 10],
    [16_200, 16_200, false, 12],
    [19_800, 19_800, false, 11],
    [23_400, 23_400, false, 9],
  ])
  expect(found[3]?.offset).toBe(first.length + second.length - 20)
})

test('what is torn gives what is whole', () => {
  const torn = first.slice(0, first.length - 10 - 12 - 3)
  expect(samplesOf(torn, 2).map(({ size }) => size)).toEqual([50])
  expect(bytesOfFirst(torn, 2)).toBe(first.length - 10 - 22)
  // The head alone tells how much the first picture takes.
  expect(bytesOfFirst(first.slice(0, first.length - 60), 2)).toBe(first.length - 32)
  expect(bytesOfFirst(first.slice(0, 40), 2)).toBeNull()
  expect(samplesOf(new Uint8Array(64), 2)).toEqual([])
})

test('groups go from key frame to key frame, in the time of the element', () => {
  const entry: Entry = { mediaS: 100, durationS: 0.24, url: '', range: [0, 1], init: '' }
  const track = { id: 2, timescale: 90_000, codec: null, description: null }
  const groups = groupsOf(entry, track, joined(first, second, third))
  expect(groups.map(({ mediaS, endS, pictures }) => [mediaS, endS, pictures.length])).toEqual([
    [100.04, 100.2, 5],
    [100.2, 100.24, 1],
  ])
  expect(groups[0]?.pictures.map(({ data }) => data.length)).toEqual([50, 10, 12, 11, 9])
})
