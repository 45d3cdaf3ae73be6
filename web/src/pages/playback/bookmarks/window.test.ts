import { expect, test } from 'vitest'
import type { Bookmark } from '@/api/bookmarks'
import { DAY } from '@/words/zone'
import { toMark, windowAround } from './window'

test.each(['2026-10-25T01:00:00Z', '2026-11-22T12:00:00Z', '1970-01-02T00:00:00Z'])('around %s', (text) => {
  const at = Date.parse(text)
  const { start, end } = windowAround(at)
  expect(start === 0 || at - start >= 92 * DAY).toBe(true)
  expect(end - at).toBeGreaterThan(92 * DAY)
  expect(windowAround(Math.floor(at / (64 * DAY)) * 64 * DAY)).toEqual({ start, end })
})

test('a bookmark is a mark in the row of its camera', () => {
  const bookmark = {
    id: 'b1',
    camera_id: 'c1',
    start: '2026-10-25T00:30:00.000Z',
    end: '2026-10-25T00:31:00.000Z',
    title: 'Van',
  } as Bookmark
  expect(toMark(bookmark)).toEqual({
    id: 'b1',
    kind: 'bookmark',
    startMs: Date.parse('2026-10-25T00:30:00Z'),
    endMs: Date.parse('2026-10-25T00:31:00Z'),
    label: 'Van',
    camera: 'c1',
  })
})
