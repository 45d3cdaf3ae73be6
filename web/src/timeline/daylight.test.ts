import { describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '@/words/zone'
import { daylight, nightsIn } from './daylight'

const at = (text: string) => Date.parse(text)
const BERLIN = { latitude: 52.52, longitude: 13.405 }
const NEW_YORK = { latitude: 40.7128, longitude: -74.006 }
const SYDNEY = { latitude: -33.8688, longitude: 151.2093 }
const TROMSO = { latitude: 69.6492, longitude: 18.9553 }

describe('sunrise and sunset', () => {
  // As almanacs give them, to the minute.
  test.each([
    ['Berlin, midsummer', [2026, 6, 21], BERLIN, '2026-06-21T04:43+02:00', '2026-06-21T21:33+02:00'],
    ['Berlin, midwinter', [2026, 12, 21], BERLIN, '2026-12-21T08:15+01:00', '2026-12-21T15:54+01:00'],
    ['New York, equinox', [2026, 3, 20], NEW_YORK, '2026-03-20T06:59-04:00', '2026-03-20T19:08-04:00'],
    ['Sydney, its midsummer', [2026, 12, 21], SYDNEY, '2026-12-21T05:41+11:00', '2026-12-21T20:05+11:00'],
  ] as const)('%s', (_, [year, month, day], place, rise, set) => {
    const light = daylight(year, month, day, place)
    if (typeof light === 'string') throw new Error(light)
    expect(Math.abs(light.rise - at(rise))).toBeLessThan(3 * MINUTE)
    expect(Math.abs(light.set - at(set))).toBeLessThan(3 * MINUTE)
  })

  test.each([
    ['midnight sun', 6, 'always'],
    ['polar night', 12, 'never'],
  ])('%s', (_, month, told) => expect(daylight(2026, month, 21, TROMSO)).toBe(told))

  test('a pole is a place', () =>
    expect(daylight(2026, 6, 21, { latitude: 90, longitude: 0 })).toBe('always'))
})

describe('nights', () => {
  const hours = (nights: [number, number][]) =>
    nights.map(([from, to]) => [new Date(from).toISOString().slice(5, 16), (to - from) / HOUR])

  test('of an ordinary day without a place', () =>
    expect(hours(nightsIn(at('2026-11-20T23:00Z'), at('2026-11-21T23:00Z'), 'Europe/Berlin', null))).toEqual([
      ['11-20T23:00', 6],
      ['11-21T17:00', 6],
    ]))

  test.each([
    ['25 hours: the night has the hour twice', '2026-10-24T22:00Z', '2026-10-25T23:00Z', 7],
    ['23 hours: the night lacks one', '2026-03-28T23:00Z', '2026-03-29T22:00Z', 5],
  ])('%s', (_, start, end, first) => {
    const nights = nightsIn(at(start), at(end), 'Europe/Berlin', null)
    expect(nights.map(([from, to]) => (to - from) / HOUR)).toEqual([first, 6])
  })

  test('are cut to the view, and none is within a day', () => {
    const noon = at('2026-11-21T11:00Z')
    expect(nightsIn(noon, noon + HOUR, 'Europe/Berlin', null)).toEqual([])
    const midnight = at('2026-11-21T23:00Z')
    expect(nightsIn(midnight, midnight + HOUR, 'Europe/Berlin', null)).toEqual([[midnight, midnight + HOUR]])
  })

  test('by the sun', () => {
    const start = at('2026-12-20T23:00Z')
    const nights = nightsIn(start, start + DAY, 'Europe/Berlin', BERLIN)
    expect(nights).toHaveLength(2)
    expect(Math.abs((nights[0]?.[1] ?? 0) - at('2026-12-21T08:15+01:00'))).toBeLessThan(3 * MINUTE)
    expect(Math.abs((nights[1]?.[0] ?? 0) - at('2026-12-21T15:54+01:00'))).toBeLessThan(3 * MINUTE)
  })

  test('where the zone is far from the meridian of the place', () => {
    const start = at('2026-11-21T00:00Z')
    const nights = nightsIn(start, start + DAY, 'UTC', SYDNEY)
    expect(nights).toHaveLength(1)
    expect(nights[0]?.[0]).toBeGreaterThan(start + 8 * HOUR)
    expect(nights[0]?.[1]).toBeLessThan(start + 20 * HOUR)
  })

  test.each([
    ['the sun that does not set', '2026-06-10T00:00Z', 0],
    ['the sun that does not rise', '2026-12-10T00:00Z', DAY],
  ])('under %s', (_, start, dark) => {
    const nights = nightsIn(at(start), at(start) + DAY, 'Europe/Oslo', TROMSO)
    expect(nights.reduce((sum, [from, to]) => sum + to - from, 0)).toBe(dark)
  })
})
