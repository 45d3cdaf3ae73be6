import { expect, test } from 'vitest'
import { parseControl, parseFragment } from './protocol'

function box(type: string, body: Uint8Array): Uint8Array {
  const out = new Uint8Array(8 + body.length)
  new DataView(out.buffer).setUint32(0, out.length)
  out.set(new TextEncoder().encode(type), 4)
  out.set(body, 8)
  return out
}

function join(...parts: Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

function tfdt(version: 0 | 1, ticks: bigint): Uint8Array {
  const body = new Uint8Array(version ? 12 : 8)
  const view = new DataView(body.buffer)
  view.setUint8(0, version)
  if (version) view.setBigUint64(4, ticks)
  else view.setUint32(4, Number(ticks))
  return box('tfdt', body)
}

function message(wallMs: bigint, ...boxes: Uint8Array[]): ArrayBuffer {
  const head = new Uint8Array(8)
  new DataView(head.buffer).setBigUint64(0, wallMs)
  return join(head, ...boxes).buffer as ArrayBuffer
}

test.each([
  [0 as const, 180_000n, 2],
  [1 as const, 90_000n * 86_400n * 30n, 86_400 * 30],
])('a fragment with tfdt version %d', (version, ticks, seconds) => {
  const moof = box(
    'moof',
    join(
      box('mfhd', new Uint8Array(8)),
      box('traf', join(box('tfhd', new Uint8Array(8)), tfdt(version, ticks))),
    ),
  )
  const fragment = parseFragment(
    message(1_795_000_000_123n, moof, box('mdat', new Uint8Array([1, 2, 3]))),
    90_000,
  )
  expect(fragment.wallMs).toBe(1_795_000_000_123)
  expect(fragment.startS).toBe(seconds)
  expect(fragment.data.byteLength).toBe(moof.length + 11)
})

test.each([
  ['empty', new ArrayBuffer(0)],
  ['no fragment', message(1n, box('mdat', new Uint8Array(4)))],
  ['a box of size zero', message(1n, new Uint8Array(8))],
])('%s is refused', (_, buffer) => {
  expect(() => parseFragment(buffer, 90_000)).toThrow(RangeError)
})

test('control messages', () => {
  expect(parseControl('{"type":"init","codecs":"avc1.640028","mime":"video/mp4","timescale":90000}')).toEqual(
    {
      type: 'init',
      codecs: 'avc1.640028',
      mime: 'video/mp4; codecs="avc1.640028"',
      timescale: 90000,
    },
  )
  expect(parseControl('{"type":"status","state":"waiting"}')).toMatchObject({
    type: 'status',
    status: { state: 'waiting' },
  })
  expect(parseControl('{"type":"news"}')).toEqual({ type: 'unknown' })
  expect(parseControl('{"type":"clock","at_ms":5,"now_ms":7}')).toEqual({ type: 'clock', atMs: 5, nowMs: 7 })
  const refused = parseControl('{"type":"refused","error":"live.too_many_of_user","detail":"Close some."}')
  expect(refused).toEqual({
    type: 'refused',
    refusal: { code: 'live.too_many_of_user', detail: 'Close some.', untilMs: null },
  })
})
