import { expect, test } from 'vitest'
import { past, reviewable, removedWithFootage, rowsFor, type Reviewed } from './reviewed'

const gone = (id: string) => ({
  id,
  slug: id,
  name: id.toUpperCase(),
  created_at: '2026-11-01T00:00:00Z',
  removed_at: '2026-11-20T00:00:00Z',
  footage: 'keep' as const,
  streams: ['main' as const],
  allowed: [],
})
const usage = (camera_id: string, files: number) => ({
  camera_id,
  files,
  bytes: files * 1000,
  oldest: null,
  newest: null,
})

test('of the removed cameras those with footage are offered', () => {
  const found = removedWithFootage(
    [gone('a'), gone('b'), gone('c')],
    [usage('b', 0), usage('c', 3), usage('x', 1)],
  )
  expect(found.map(({ camera, usage: { bytes } }) => [camera.id, bytes])).toEqual([['c', 3000]])
})

test('of removed cameras one looks back at those that one may', () => {
  const open = { ...gone('a'), allowed: ['playback.view' as const] }
  expect(reviewable([open, gone('b')], undefined)).toEqual([open])
  expect(reviewable([open], [])).toEqual([])
  expect(reviewable([open], [usage('a', 1)])).toEqual([open])
})

test('a removed camera has a row while it is looked at', () => {
  const here: Reviewed = { ...past(gone('here')), removed: false, recording: true }
  const [a, b] = [past(gone('a')), past(gone('b'))]
  expect(rowsFor([here, a, b], here)).toEqual([here])
  expect(rowsFor([here, a, b], b)).toEqual([here, b])
  expect(b).toMatchObject({ removed: true, sub: false, recording: false })
})
