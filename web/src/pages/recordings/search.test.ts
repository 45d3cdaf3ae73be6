import { describe, expect, test } from 'vitest'
import { activeFilters, findSearch, gapsAsked, recordingsAsked, without, type FindSearch } from './search'

const NOW = Date.parse('2026-11-22T12:00:00Z')
const ZONE = 'Europe/Vienna'
const ID = '0190b0a0-0000-7000-8000-00000000dead'

describe('the address', () => {
  test.each<[Record<string, unknown>, FindSearch]>([
    [{}, {}],
    [
      { camera: 'gate,yard', zone: ID, stream: 'sub' },
      { camera: 'gate,yard', zone: ID, stream: 'sub' },
    ],
    [{ camera: 12 }, { camera: '12' }],
    [{ camera: '../gate', zone: 'x', stream: 'third', held: 'maybe' }, {}],
    [{ days: 30 }, { days: 30 }],
    [{ days: 7 }, {}],
    [{ days: 31 }, {}],
    [{ from: '2026-11-02T00:00:00Z', to: '2026-11-01T00:00:00Z' }, {}],
    [
      { hours: '22:00-06:00', week: 'sun,sat,someday' },
      { hours: '22:00-06:00', week: 'sat,sun' },
    ],
    [{ hours: '24:00-06:00' }, {}],
    [{ week: 'mon,tue,wed,thu,fri,sat,sun' }, {}],
    [
      { min: 60, max: -1, least: 'x', most: 5.5 },
      { min: 60, most: 5.5 },
    ],
    [{ cause: 'lost,mood,network', other: 1 }, { cause: 'network,lost' }],
  ])('%j', (given, expected) => expect(findSearch(given)).toEqual(expected))
})

test('what is asked of the API', () => {
  const search: FindSearch = {
    camera: 'gate,yard',
    hours: '22:00-06:00',
    week: 'sat',
    least: 1.5,
    held: 'no',
    cause: 'lost',
  }
  expect(recordingsAsked(search, NOW)).toMatchObject({
    camera_id: ['gate', 'yard'],
    start: '2026-11-15T12:00:00.000Z',
    end: undefined,
    time_from: '22:00',
    time_to: '06:00',
    day: ['sat'],
    min_bytes: 1_500_000,
    held: false,
    gap_cause: ['lost'],
  })
  const span = { from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z' }
  expect(gapsAsked({ ...span, cause: 'lost' }, NOW)).toMatchObject({
    start: span.from,
    end: span.to,
    cause: ['lost'],
  })
})

test('filters in words, and without one of them', () => {
  const search: FindSearch = {
    from: '2026-11-01T00:00:00Z',
    to: '2026-11-02T00:00:00Z',
    camera: 'gate',
    zone: ID,
    hours: '22:00-06:00',
    week: 'sat,sun',
    min: 60,
    max: 3600,
    least: 500,
    held: 'yes',
    cause: 'network',
  }
  const named = (what: string, key: string) => (what === 'zone' ? 'Front' : key.toUpperCase())
  expect(activeFilters(search, 'recordings', ZONE, named).map(({ label }) => label)).toEqual([
    expect.stringContaining('01:00'),
    'GATE',
    'Zone Front',
    '22:00 to 06:00',
    'Sat, Sun',
    '1 min to 1 h',
    'at least 500 MB',
    'On hold',
    'Next to a gap: Network',
  ])
  expect(activeFilters(search, 'gaps', ZONE, named).map(({ label }) => label)).not.toContain('On hold')
  expect(without(search, 'from', 'to', 'zone')).not.toHaveProperty('from')
})
