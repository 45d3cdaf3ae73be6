import { describe, expect, test } from 'vitest'
import { dragged, leftOfLoop, loopStart, marksIn, marksOut, NO_MARKS, spanOf, withMark } from './marks'

const T = Date.UTC(2026, 10, 22, 12)

describe('a mark is set', () => {
  test.each([
    ['the first', NO_MARKS, 'in', 5, { in: 5, out: null }],
    ['the second', { in: 5, out: null }, 'out', 9, { in: 5, out: 9 }],
    ['again', { in: 5, out: 9 }, 'in', 7, { in: 7, out: 9 }],
    ['an in mark after the out mark', { in: 5, out: 9 }, 'in', 12, { in: 12, out: null }],
    ['an out mark before the in mark', { in: 5, out: 9 }, 'out', 3, { in: null, out: 3 }],
    ['both at one instant', { in: 5, out: 9 }, 'out', 5, { in: null, out: 5 }],
  ] as const)('%s', (_, marks, which, at, expected) => expect(withMark(marks, which, at)).toEqual(expected))
})

test('a mark that is dragged stops at the other one', () => {
  const marks = { in: 1000, out: 2000 }
  expect(dragged(marks, 'in', 500)).toEqual({ in: 500, out: 2000 })
  expect(dragged(marks, 'in', 5000)).toEqual({ in: 1960, out: 2000 })
  expect(dragged(marks, 'out', 0)).toEqual({ in: 1000, out: 1040 })
  expect(dragged({ in: null, out: 2000 }, 'out', 0)).toEqual({ in: null, out: 0 })
})

test('an address takes marks there and back', () => {
  const marks = { in: T + 123, out: T + 4567 }
  expect(marksIn(marksOut(marks))).toEqual(marks)
  expect(marksOut(NO_MARKS)).toEqual({ in: undefined, out: undefined })
  expect(marksIn({ in: 'yesterday', out: 7 })).toEqual(NO_MARKS)
  expect(marksIn({ in: new Date(T + 9).toISOString(), out: new Date(T).toISOString() })).toEqual({
    in: T + 9,
    out: null,
  })
})

test('a span has both ends', () => {
  expect(spanOf({ in: 1, out: 2 })).toEqual({ start: 1, end: 2 })
  expect(spanOf({ in: 1, out: null })).toBeNull()
  expect(spanOf({ in: null, out: 2 })).toBeNull()
})

describe('a loop', () => {
  const span = { start: 1000, end: 3000 }
  test.each([
    ['half way', 2000, 1, 1000],
    ['twice as fast', 2000, 2, 500],
    ['in its last frame', 2960, 1, 40],
    ['past its end', 3400, 1, 0],
    ['before it', 0, 1, 3000],
    ['backwards', 2000, -1, 1040],
    ['backwards in its first frame', 1000, -1, 40],
    ['backwards past it', 900, -1, 0],
  ])('%s', (_, at, rate, expected) => expect(leftOfLoop(span, at, rate, 40)).toBe(expected))

  test('begins again at its other end', () => {
    expect(loopStart(span, 4, 40)).toBe(1000)
    expect(loopStart(span, -4, 40)).toBe(2960)
    expect(loopStart({ start: 1000, end: 1020 }, -1, 40)).toBe(1000)
  })
})
