import { describe, expect, test } from 'vitest'
import { addDays, DAY, HOUR, instant, offsetMs, offsetName, startOfDay, wallTime, zoneName } from './zone'

const at = (text: string) => Date.parse(text)

describe('wall time', () => {
  test.each([
    ['2026-11-21T13:05:12.345Z', 'Europe/Vienna', [2026, 11, 21, 14, 5, 12, 345, 5]],
    ['2026-07-01T22:30:00Z', 'Europe/Vienna', [2026, 7, 2, 0, 30, 0, 0, 3]],
    ['2026-11-21T00:00:00Z', 'America/St_Johns', [2026, 11, 20, 20, 30, 0, 0, 4]],
    ['2026-11-21T00:00:00Z', 'Asia/Kathmandu', [2026, 11, 21, 5, 45, 0, 0, 5]],
  ])('%s in %s', (text, zone, [year, month, day, hour, minute, second, ms, weekday]) => {
    expect(wallTime(at(text), zone)).toEqual({ year, month, day, hour, minute, second, ms, weekday })
  })

  test('changes at the very instant of the transition', () => {
    const change = at('2026-10-25T01:00:00Z')
    expect(offsetMs(change - 1, 'Europe/Vienna')).toBe(2 * HOUR)
    expect(offsetMs(change, 'Europe/Vienna')).toBe(HOUR)
  })
})

describe('instant of a wall time', () => {
  test.each([
    ['ordinary', { year: 2026, month: 11, day: 21, hour: 14, minute: 5 }, '2026-11-21T13:05:00Z'],
    ['skipped hour', { year: 2026, month: 3, day: 29, hour: 2, minute: 30 }, '2026-03-29T01:30:00Z'],
    ['repeated hour, first', { year: 2026, month: 10, day: 25, hour: 2, minute: 30 }, '2026-10-25T00:30:00Z'],
    ['after the repeated hour', { year: 2026, month: 10, day: 25, hour: 3 }, '2026-10-25T02:00:00Z'],
    ['day before a change', { year: 2026, month: 10, day: 24, hour: 23 }, '2026-10-24T21:00:00Z'],
    ['month overflow', { year: 2026, month: 11, day: 31 }, '2026-11-30T23:00:00Z'],
  ])('%s', (_, wall, expected) => {
    expect(new Date(instant(wall, 'Europe/Vienna')).toISOString()).toBe(new Date(expected).toISOString())
  })
})

describe('days', () => {
  test('have 23 and 25 hours where the clock changes', () => {
    const spring = startOfDay(at('2026-03-29T12:00:00Z'), 'Europe/Vienna')
    const autumn = startOfDay(at('2026-10-25T12:00:00Z'), 'Europe/Vienna')
    expect(addDays(spring, 1, 'Europe/Vienna') - spring).toBe(23 * HOUR)
    expect(addDays(autumn, 1, 'Europe/Vienna') - autumn).toBe(25 * HOUR)
    expect(addDays(autumn, -1, 'Europe/Vienna')).toBe(autumn - DAY)
  })

  test('begin at one where midnight does not exist', () => {
    // Chile springs forward at midnight.
    const day = startOfDay(at('2026-09-06T12:00:00Z'), 'America/Santiago')
    expect(wallTime(day, 'America/Santiago')).toMatchObject({ day: 6, hour: 1 })
  })
})

test.each([
  ['UTC', 'UTC'],
  ['Europe/Vienna', 'UTC+1'],
  ['America/St_Johns', 'UTC−3:30'],
  ['Asia/Kathmandu', 'UTC+5:45'],
])('%s is written %s', (zone, name) => {
  expect(offsetName(at('2026-11-21T00:00:00Z'), zone)).toBe(name)
})

test('a zone beside times says how far it is from UTC', () => {
  expect(zoneName(at('2026-11-21T00:00:00Z'), 'Europe/Vienna')).toBe('Europe/Vienna (UTC+1)')
  expect(zoneName(at('2026-07-21T00:00:00Z'), 'Europe/Vienna')).toBe('Europe/Vienna (UTC+2)')
  expect(zoneName(at('2026-07-21T00:00:00Z'), 'UTC')).toBe('UTC')
})
