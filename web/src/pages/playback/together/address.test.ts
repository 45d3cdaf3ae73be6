import { expect, test } from 'vitest'
import { layoutFor, placesIn, placesOut, SYNC_LAYOUTS, togetherSearch } from './address'

test.each([
  ['none', undefined, null],
  ['being chosen', '', [null]],
  ['two', 'gate,yard', ['gate', 'yard']],
  ['an empty place', 'gate,,yard', ['gate', null, 'yard']],
  ['one twice', 'gate,yard,gate', ['gate', 'yard', null]],
])('places: %s', (_, text, places) => {
  expect(placesIn(text)).toEqual(places)
})

test('no more than 16 cameras, however long the address is', () => {
  const many = Array.from({ length: 40 }, (_, i) => `cam-${i}`).join(',')
  expect(placesIn(many)).toHaveLength(16)
  expect(placesIn(','.repeat(5_000))).toHaveLength(64)
})

test('there and back', () => {
  expect(placesOut(['gate', null, 'yard', null])).toBe('gate,,yard')
  expect(placesOut([null])).toBe('')
})

test.each([
  [
    { cameras: 'gate,yard', layout: '2x2' },
    { cameras: 'gate,yard', layout: '2x2' },
  ],
  [
    { cameras: 1, layout: 1 },
    { cameras: '1', layout: '1' },
  ],
  [{ cameras: ['gate'], layout: '8x8', page: -2, focus: 7 }, {}],
  [
    { cameras: 'gate"><script>', page: 2.5, focus: 'yard' },
    { page: 2, focus: 'yard' },
  ],
])('address %o', (search, expected) => {
  expect(togetherSearch(search)).toEqual({
    cameras: undefined,
    layout: undefined,
    page: undefined,
    focus: undefined,
    ...expected,
  })
})

test('layouts of at most 16', () => {
  expect(SYNC_LAYOUTS).toEqual(['auto', '1', '2x2', '3x3', '4x4', '1+5', '1+7'])
  expect(layoutFor('8x8')).toBe('auto')
  expect(layoutFor('1+7')).toBe('1+7')
})
