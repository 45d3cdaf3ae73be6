import { expect, test } from 'vitest'
import { DAY, HOUR } from '@/words/zone'
import { cellAt, cellsOf, dayAt, monthsOf, showsDays } from './days'
import { fit } from './scale'

const at = (text: string) => Date.parse(text)
const NOW = at('2026-11-22T12:00:00Z')

test.each([
  ['a day on a screen', DAY, 1200, false],
  ['a week on a screen', 7 * DAY, 1200, false],
  ['a month on a screen', 30 * DAY, 1200, true],
  ['a month on a wall', 30 * DAY, 3600, false],
  ['a week on a phone', 7 * DAY, 264, true],
])('%s', (_, span, width, told) => expect(showsDays(fit(NOW - span, NOW, width))).toBe(told))

test.each([
  ['one month', '2026-11-02T00:00Z', '2026-11-20T00:00Z', ['2026-11']],
  ['over a year’s end', '2025-12-10T00:00Z', '2026-02-03T00:00Z', ['2025-12', '2026-01', '2026-02']],
  ['not those to come', '2026-11-02T00:00Z', '2027-01-20T00:00Z', ['2026-11']],
  // Midnight of the first is in the evening before, in UTC.
  ['by the calendar of the zone', '2026-10-31T23:30Z', '2026-11-20T00:00Z', ['2026-11']],
])('months: %s', (_, start, end, months) =>
  expect(monthsOf(fit(at(start), at(end), 1000), 1000, 'Europe/Berlin', NOW)).toEqual(months),
)

test('the cells of a month with a change of the clocks', () => {
  const found = {
    month: '2026-10',
    timezone: 'Europe/Berlin',
    dates: ['2026-10-24', '2026-10-25', '2026-10-26'],
    cameras: [
      {
        camera_id: 'gate',
        recorded_ms: [24 * HOUR, 12.5 * HOUR, 0],
        due_ms: [24 * HOUR, 25 * HOUR, 0],
        causes: [null, 'network', 'not_scheduled'],
      },
    ],
  }
  const cells = cellsOf(found, 'Europe/Berlin').get('gate')
  expect(cells?.map(({ start, end }) => (end - start) / HOUR)).toEqual([24, 25, 24])
  expect(cells?.map(({ percent, cause }) => [percent, cause])).toEqual([
    [100, null],
    [50, 'network'],
    [null, 'not_scheduled'],
  ])
  expect(cellAt(cells, at('2026-10-25T22:59:59Z'))).toBe(cells?.[1])
  expect(cellAt(cells, at('2026-10-25T23:00:00Z'))).toBe(cells?.[2])
  expect(cellAt(cells, at('2026-11-25T23:00:00Z'))).toBeNull()
  expect(dayAt(at('2026-10-25T22:59:59Z'), 'Europe/Berlin')).toEqual({
    start: at('2026-10-24T22:00:00Z'),
    end: at('2026-10-25T23:00:00Z'),
  })
})

test('all but all of a day is not all of it', () => {
  const camera = { camera_id: 'gate', recorded_ms: [DAY - 1], due_ms: [DAY], causes: ['network'] }
  const found = { month: '2026-11', timezone: 'UTC', dates: ['2026-11-02'], cameras: [camera] }
  expect(cellsOf(found, 'UTC').get('gate')?.[0]?.percent).toBe(99.999)
})
