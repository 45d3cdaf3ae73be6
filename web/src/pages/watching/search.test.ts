import { expect, test } from 'vitest'
import { pastSearch, spanOf, stepOf } from './search'

const CAMERA = '019aa000-0000-7000-8000-000000000001'
const NOW = Date.parse('2026-11-21T12:00:00Z')

test.each([
  [{}, {}],
  [
    { camera: CAMERA, user: 'vera' },
    { camera: CAMERA, user: 'vera' },
  ],
  [{ user: 12 }, { user: '12' }],
  [{ camera: 'gate', user: '', days: 5 }, {}],
  [{ days: 30 }, { days: 30 }],
  [{ days: 7 }, {}],
  [
    { from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z', days: 30 },
    { from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' },
  ],
  [{ from: '2026-11-02T00:00:00Z', to: '2026-11-01T00:00:00Z' }, {}],
  [{ from: 'never', to: 'always' }, {}],
])('%o in the address', (given, expected) => expect(pastSearch(given)).toEqual(expected))

test('a span without a word is the last week', () => {
  expect(spanOf({}, NOW)).toEqual({ from: '2026-11-14T12:00:00.000Z', to: '2026-11-21T12:00:00.000Z' })
  expect(stepOf(spanOf({}, NOW))).toBe('hour')
  expect(stepOf(spanOf({ days: 30 }, NOW))).toBe('day')
})
