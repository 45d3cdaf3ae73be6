import { expect, test } from 'vitest'
import { between, extent, stepTo, withIds } from './choosing'

test('ids are chosen once, and in a stable order', () => {
  expect(withIds(['c', 'a'], ['b', 'a'], true)).toEqual(['a', 'b', 'c'])
  expect(withIds(['c', 'a'], ['a', 'x'], false)).toEqual(['c'])
})

test.each([
  ['b', 'd', ['b', 'c', 'd']],
  ['d', 'b', ['b', 'c', 'd']],
  ['c', 'c', ['c']],
  [null, 'c', ['c']],
  ['gone', 'c', ['c']],
])('from %s to %s', (from, to, ids) => expect(between(['a', 'b', 'c', 'd'], from, to)).toEqual(ids))

test('how much is chosen', () => {
  expect(extent(['a'], ['a'])).toBe('all')
  expect(extent(['a'], ['a', 'b'])).toBe('some')
  expect(extent(['a'], ['b'])).toBe('none')
  expect(extent([], [])).toBe('none')
})

test.each([
  ['ArrowDown', 0, 1],
  ['ArrowDown', 9, 9],
  ['ArrowUp', 0, 0],
  ['PageDown', 0, 8],
  ['PageUp', 3, 0],
  ['Home', 5, 0],
  ['End', 5, 9],
  ['a', 5, null],
])('%s at %d leads to %s', (key, at, to) => expect(stepTo(key, at, 10)).toBe(to))

test('in an empty list no key leads anywhere', () => expect(stepTo('End', 0, 0)).toBeNull())
