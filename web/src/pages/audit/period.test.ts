import { expect, test } from 'vitest'
import { monthName, months, periodOf, preset, reportSearch, spanName } from './period'

const ZONE = 'Europe/Vienna'
const NOW = Date.parse('2026-03-30T22:30:00Z') // 00:30 on the 31st there, two days after its clocks changed

test('months go back over the turn of the year', () => {
  expect(months({ year: 2026, month: 2 }, 4)).toEqual(['2026-02', '2026-01', '2025-12', '2025-11'])
})

test('presets are of the calendar of the site', () => {
  expect(preset('This month', NOW, ZONE)).toEqual({ month: '2026-03' })
  expect(preset('Last month', NOW, ZONE)).toEqual({ month: '2026-02' })
  expect(preset('Last 7 days', NOW, ZONE)).toEqual({
    from: '2026-03-24T23:00:00.000Z',
    to: '2026-03-30T22:30:00.000Z',
  })
  expect(preset('Last 30 days', NOW, ZONE).from).toBe('2026-03-01T23:00:00.000Z')
})

test.each([
  [{ month: '2026-11', from: 'x' }, { month: '2026-11' }],
  [{ month: '2026-13' }, {}],
  [{ from: '2026-11-01T00:00:00Z' }, {}],
  [{ from: '2026-11-02T00:00:00Z', to: '2026-11-01T00:00:00Z' }, {}],
  [{ from: 'yesterday', to: 'today' }, {}],
  [
    { from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' },
    { from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' },
  ],
])('only a period is taken out of the address: %o', (search, found) =>
  expect(reportSearch(search)).toEqual(found),
)

test('a period has a name', () => {
  expect(periodOf({})).toBeNull()
  expect(monthName('2026-11')).toBe('November 2026')
  expect(spanName({ from: '2026-11-01T00:00:00Z', to: '2026-11-01T12:00:00Z' }, ZONE)).toBe(
    'Sun 1 Nov 2026 01:00 to 13:00',
  )
})
