import { expect, test } from 'vitest'
import { isEnd, isLimit, isOfConversion, refusalIn, waitAfter } from './refusal'

test.each([
  ['live.ended', true, false, false],
  ['live.ended_elsewhere', true, false, false],
  ['live.camera_off', true, false, false],
  ['live.too_many_of_camera', false, true, false],
  ['live.too_many_tiles', false, true, false],
  ['transcode.limit', false, false, true],
  ['camera.not_found', false, false, false],
])('%s', (code, end, limit, conversion) => {
  expect([isEnd(code), isLimit(code), isOfConversion(code)]).toEqual([end, limit, conversion])
})

test('a message and a problem tell the same', () => {
  const wanted = { code: 'live.ended', detail: 'Over.', untilMs: 61_000 }
  expect(refusalIn({ error: 'live.ended', detail: 'Over.', retry_after_s: 60 }, 1_000)).toEqual(wanted)
  expect(refusalIn({ code: 'live.ended', detail: 'Over.', retry_after_s: '60' }, 1_000)).toEqual(wanted)
  expect(refusalIn({ code: 4410, reason: 'Over.' }, 1_000)).toBeNull()
})

test('a full server is asked again when it said, and neither at once nor never', () => {
  const full = { code: 'live.too_many_of_user', detail: '' }
  expect(waitAfter({ ...full, untilMs: null }, 0)).toBe(30_000)
  expect(waitAfter({ ...full, untilMs: 12_000 }, 0)).toBe(12_000)
  expect(waitAfter({ ...full, untilMs: 12_000 }, 20_000)).toBe(1_000)
  expect(waitAfter({ ...full, untilMs: 1e15 }, 0)).toBe(600_000)
})
