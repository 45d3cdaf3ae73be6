import { expect, test } from 'vitest'
import { shareName, together } from './share'

test.each([
  [[], null],
  [[{ recorded_ms: 0, due_ms: 0 }], null],
  [[{ recorded_ms: 0, due_ms: 10 }], 0],
  // A camera that is a minute old weighs a minute.
  [
    [
      { recorded_ms: 900, due_ms: 1000 },
      { recorded_ms: 0, due_ms: 1 },
      { recorded_ms: 0, due_ms: 0 },
    ],
    90_000 / 1001,
  ],
  [[{ recorded_ms: 10, due_ms: 10 }], 100],
])('%j together are %s', (shares, value) => expect(together(shares)).toBe(value))

test('nothing due is no nought', () => {
  expect(shareName(null)).toBe('–')
  expect(shareName(0)).toBe('0 %')
  expect(shareName(99.999)).toBe('99.9 %')
})
