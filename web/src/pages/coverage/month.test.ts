import { expect, test } from 'vitest'
import { cellText, coverageSearch, keptOf, reasons, shifted } from './month'

test.each([
  [{ month: '2026-11' }, { month: '2026-11' }],
  [{ month: '2026-13' }, {}],
  [{ month: 11 }, {}],
  [{}, {}],
])('the address %j', (given, expected) => expect(coverageSearch(given)).toEqual(expected))

test.each([
  ['2026-11', -1, '2026-10'],
  ['2026-01', -1, '2025-12'],
  ['2026-12', 1, '2027-01'],
])('%s and %d', (month, by, expected) => expect(shifted(month, by)).toBe(expected))

test.each([
  [null, '–'],
  [100, '100'],
  [99.999, '99.9'],
  [0, '0.0'],
])('%s per cent', (percent, expected) => expect(cellText(percent)).toBe(expected))

test('kept, missed, or nothing due', () => {
  expect([true, false, null].map((met) => keptOf({ met }))).toEqual(['kept', 'missed', 'nothing'])
})

test('what is missing', () => {
  const gaps_ms = { lost: 20_000, network: 9_000_000, not_scheduled: 1e9 }
  expect(reasons({ gaps_ms })).toBe('2 h 30 min network, 20 s lost')
  expect(reasons({ gaps_ms: {} })).toBe('')
})
