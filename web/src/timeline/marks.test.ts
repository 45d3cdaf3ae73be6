import { describe, expect, test } from 'vitest'
import { markAt, markName, nextMark, placeMarks, type Mark } from './marks'

const view = { start: 1_000_000, msPerPx: 100 }
const WIDTH = 1000
const ROWS = ['gate', 'yard']

/** A mark at a pixel of the view. */
const mark = (x: number, more: Partial<Mark> = {}): Mark => {
  const at = view.start + x * view.msPerPx
  return { id: `m${x}`, kind: 'bookmark', startMs: at, endMs: at, label: '', camera: 'gate', ...more }
}
const until = (x: number) => view.start + x * view.msPerPx
const placed = (...marks: Mark[]) => placeMarks(marks, ROWS, view, WIDTH)
const told = (marks: Mark[]) =>
  placed(...marks).map((one) => `${one.kind}@${one.x}-${one.endX} row ${one.row} x${one.marks.length}`)

describe('placing', () => {
  test.each<[string, Mark[], string[]]>([
    ['one', [mark(100)], ['bookmark@100-100 row 0 x1']],
    ['in the row of its camera', [mark(100, { camera: 'yard' })], ['bookmark@100-100 row 1 x1']],
    ['across all rows', [mark(100, { camera: undefined })], ['bookmark@100-100 row null x1']],
    ['of a camera that has no row', [mark(100, { camera: 'shed' })], []],
    ['out of the view', [mark(-20), mark(1020)], []],
    ['a span that began before', [mark(-50, { endMs: until(30) })], ['bookmark@-50-30 row 0 x1']],
    ['far enough apart', [mark(109), mark(100)], ['bookmark@100-100 row 0 x1', 'bookmark@109-109 row 0 x1']],
    ['too close', [mark(108), mark(100)], ['bookmark@100-108 row 0 x2']],
    [
      'a chain is cut where it gets too long',
      [mark(100), mark(105), mark(110)],
      ['bookmark@100-105 row 0 x2', 'bookmark@110-110 row 0 x1'],
    ],
    [
      'of two kinds',
      [mark(100), mark(103, { kind: 'find' })],
      ['bookmark@100-100 row 0 x1', 'find@103-103 row 0 x1'],
    ],
    [
      'of two rows',
      [mark(100), mark(103, { camera: 'yard' })],
      ['bookmark@100-100 row 0 x1', 'bookmark@103-103 row 1 x1'],
    ],
    [
      'in and out are never one',
      [mark(100, { kind: 'in' }), mark(101, { kind: 'in' })],
      ['in@100-100 row 0 x1', 'in@101-101 row 0 x1'],
    ],
  ])('%s', (_, marks, expected) => expect(told(marks)).toEqual(expected))
})

describe('under the pointer', () => {
  const all = placed(mark(100), mark(110), mark(300, { camera: 'yard' }), mark(500, { camera: undefined }))
  test.each<[string, number, number | null, number | null]>([
    ['on it', 100, 0, 100],
    ['beside it', 94, 0, 100],
    ['too far', 93, 0, null],
    ['the nearer of two', 106, 0, 110],
    ['in another row', 300, 0, null],
    ['one across all rows, in a row', 501, 1, 500],
    ['one across all rows, in the ruler', 501, null, 500],
    ['the ruler has no marks of rows', 100, null, null],
  ])('%s', (_, x, row, found) => expect(markAt(all, x, row)?.x ?? null).toBe(found))
})

describe('the next and the one before', () => {
  const marks = [mark(300), mark(100), mark(200)]
  test.each<[string, number, 1 | -1, string | null]>([
    ['after an instant', until(150), 1, 'm200'],
    ['after a mark itself', until(200), 1, 'm300'],
    ['after the last', until(300), 1, null],
    ['before an instant', until(250), -1, 'm200'],
    ['before a mark that was just passed', until(205), -1, 'm100'],
    ['before the first', until(100), -1, null],
  ])('%s', (_, at, direction, id) => expect(nextMark(marks, at, direction)?.id ?? null).toBe(id))
})

test.each([
  [mark(1, { label: 'van' }), 'Bookmark: van'],
  [mark(1, { kind: 'find', label: '' }), 'Found'],
])('its name', (one, name) => expect(markName(one)).toBe(name))
