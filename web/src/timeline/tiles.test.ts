import { expect, test } from 'vitest'
import type { CameraCoverage, Gap } from '@/api/types'
import { DAY, HOUR, MINUTE } from '@/words/zone'
import { hitTest, levelFor, mergeTiles, TILE_MS, tilesOf, withLiveEdge } from './tiles'

test.each([
  [1, 1000, 15 * MINUTE],
  [1000, 900, 15 * MINUTE],
  [1000, 901, HOUR],
  [72_000, 1200, DAY],
  [1e9, 4000, 256 * DAY],
])('%d ms per pixel over %d pixels', (msPerPx, width, length) => {
  expect(TILE_MS[levelFor({ start: 0, msPerPx }, width)]).toBe(length)
})

test('a view is covered by its tiles', () => {
  const view = { start: 10.5 * HOUR, msPerPx: 3600 }
  const level = levelFor(view, 1000)
  expect(TILE_MS[level]).toBe(HOUR)
  expect(tilesOf(view, 1000, level)).toEqual([10, 11])
  expect(tilesOf({ ...view, start: -1 }, 1000, level)).toEqual([-1, 0])
})

const coverage = (spans: [number, number][], gaps: Gap[] = [], camera_id = 'a'): CameraCoverage => ({
  camera_id,
  stream: 'main',
  spans,
  gaps,
  recorded_ms: 0,
  due_ms: 0,
  percent: null,
})

const gap = (start_ms: number, end_ms: number, cause: Gap['cause'] = 'network'): Gap => ({
  start_ms,
  end_ms,
  cause,
  detail: '',
})

test('what crosses a border becomes one again', () => {
  const rows = mergeTiles(
    ['a', 'b'],
    [
      {
        start: 0,
        end: 100,
        cameras: [
          coverage(
            [
              [0, 60],
              [80, 100],
            ],
            [gap(60, 80)],
          ),
        ],
      },
      { start: 100, end: 200, cameras: [coverage([[100, 150]], [gap(150, 200)])] },
      { start: 200, end: 300, cameras: [coverage([[250, 300]], [gap(200, 250)])] },
    ],
  )
  expect(rows.get('a')).toEqual({
    spans: [
      [0, 60],
      [80, 150],
      [250, 300],
    ],
    gaps: [gap(60, 80), gap(150, 250)],
  })
  expect(rows.get('b')).toEqual({ spans: [], gaps: [] })
})

test('a coarser tile is cut to the span that it stands for', () => {
  const rows = mergeTiles(['a'], [{ start: 100, end: 200, cameras: [coverage([[0, 500]], [])] }])
  expect(rows.get('a')?.spans).toEqual([[100, 200]])
})

test('gaps of different causes stay apart', () => {
  const rows = mergeTiles(
    ['a'],
    [{ start: 0, end: 100, cameras: [coverage([], [gap(0, 50), gap(50, 100, 'lost')])] }],
  )
  expect(rows.get('a')?.gaps).toHaveLength(2)
})

test.each([
  [30, 'recorded'],
  [60, 'gap'],
  [58, 'gap'],
  [56, 'recorded'],
  [90, 'none'],
])('at %d is %s', (at, kind) => {
  expect(hitTest({ spans: [[0, 60]], gaps: [gap(60, 70)] }, at, 3).kind).toBe(kind)
})

test('of several short gaps under the pointer the nearest is told, and that there are more', () => {
  const gaps = [gap(100, 101), gap(104, 106), gap(109, 112), gap(300, 301)]
  const row = { spans: [], gaps }
  expect(hitTest(row, 105, 10)).toEqual({ kind: 'gap', gap: gaps[1], more: true })
  expect(hitTest(row, 300, 10)).toEqual({ kind: 'gap', gap: gaps[3], more: false })
})

test('what is beside a long gap is not counted to it', () => {
  const gaps = [gap(100, 400), gap(405, 406)]
  expect(hitTest({ spans: [], gaps }, 399, 10)).toEqual({ kind: 'gap', gap: gaps[0], more: false })
})

test('the last span of a recording camera grows to now', () => {
  const now = 100_000
  expect(withLiveEdge([[0, 95_000]], now)).toEqual([[0, now]])
  expect(withLiveEdge([[0, 60_000]], now)).toEqual([[0, 60_000]])
  expect(withLiveEdge([], now)).toEqual([])
  expect(withLiveEdge([[DAY, 2 * DAY]], now)).toEqual([[DAY, 2 * DAY]])
})
