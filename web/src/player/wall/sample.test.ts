import { expect, test } from 'vitest'
import { parseMedia, parseTold } from './protocol'
import { configOf, firstSample } from './sample'

function box(type: string, ...body: (number[] | Uint8Array)[]): Uint8Array<ArrayBuffer> {
  const bytes = body.flatMap((part) => [...part])
  const out = new Uint8Array(8 + bytes.length)
  new DataView(out.buffer).setUint32(0, out.length)
  out.set(new TextEncoder().encode(type), 4)
  out.set(bytes, 8)
  return out
}

const u32 = (value: number) => [value >>> 24, (value >> 16) & 255, (value >> 8) & 255, value & 255]

/** As the server writes it: data offset, sizes; `first`: the flags of a key frame, `durations`: one for each sample. */
function fragment(samples: number[][], { first = false, durations = false } = {}): Uint8Array<ArrayBuffer> {
  const flags = 0x201 | (first ? 4 : 0) | (durations ? 0x100 : 0)
  const make = (offset: number) =>
    box(
      'moof',
      box('mfhd', u32(0), u32(1)),
      box(
        'traf',
        box('tfhd', u32(0x20000), u32(1)),
        box('tfdt', u32(1 << 24), u32(0), u32(9000)),
        box(
          'trun',
          u32(flags),
          u32(samples.length),
          u32(offset),
          first ? u32(0x2000000) : [],
          ...samples.map((sample) => [...(durations ? u32(3600) : []), ...u32(sample.length)]),
        ),
      ),
    )
  const moof = make(make(0).length + 8)
  const mdat = box('mdat', ...samples)
  const all = new Uint8Array(moof.length + mdat.length)
  all.set(moof)
  all.set(mdat, moof.length)
  return all
}

test.each([{}, { first: true }, { durations: true }, { first: true, durations: true }])(
  'the key frame of a fragment with %o',
  (options) => {
    const found = firstSample(fragment([[1, 2, 3], [4]], options))
    expect([...(found ?? [])]).toEqual([1, 2, 3])
  },
)

test('what is torn or something else has none', () => {
  const whole = fragment([[1, 2, 3]])
  expect(firstSample(whole.slice(0, -1))).toBeNull()
  expect(firstSample(whole.slice(0, 60))).toBeNull()
  expect(firstSample(new Uint8Array())).toBeNull()
  expect(firstSample(box('ftyp', [1, 2, 3]))).toBeNull()
  expect(firstSample(new Uint8Array(64))).toBeNull()
})

test('the configuration of a decoder is found in an init', () => {
  const init = box('moov', box('trak', box('avc1', [0, 0, 0], box('avcC', [1, 100, 0, 40]))))
  expect([...(configOf(init) ?? [])]).toEqual([1, 100, 0, 40])
  expect(configOf(box('moov', box('trak', [1, 2, 3])))).toBeNull()
})

test('messages of a wall', () => {
  expect(parseTold('{"type":"hello","tiles":64,"now_ms":7}')).toEqual({ type: 'hello', tiles: 64, nowMs: 7 })
  expect(parseTold('{"type":"closed","tile":3,"code":4404,"reason":"no"}')).toEqual({
    type: 'closed',
    tile: 3,
    code: 4404,
    reason: 'no',
    refusal: null,
  })
  const ended = '{"type":"closed","tile":3,"code":4410,"reason":"no","error":"live.ended","detail":"No."}'
  expect(parseTold(ended)).toMatchObject({ code: 4410, refusal: { code: 'live.ended', detail: 'No.' } })
  const told = parseTold('{"type":"init","tile":9,"mime":"video/mp4","codecs":"avc1.42","timescale":90000}')
  expect(told).toMatchObject({ type: 'control', tile: 9, control: { type: 'init', codecs: 'avc1.42' } })
  expect(parseTold('{"type":"news","tile":1}')).toEqual({ type: 'unknown' })
  const media = parseMedia(new Uint8Array([1, 2, 0, 0, 0, 0, 0, 0, 1, 0, 7]).buffer)
  expect([media.tile, media.wallMs, media.bytes.byteLength]).toEqual([258, 256, 9])
})
