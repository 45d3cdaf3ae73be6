import { describe, expect, test } from 'vitest'
import {
  addDays,
  clockChanges,
  DAY,
  HOUR,
  instant,
  instantsOf,
  MINUTE,
  offsetMs,
  offsetName,
  startOfDay,
  turnOf,
  wallTime,
  zoneName,
} from './zone'

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

/** The two days of 2026 on which the clocks of a zone are changed: [day, hours that it has]. */
const CHANGES = [
  ['Europe/Berlin', '2026-03-29', 23],
  ['Europe/Berlin', '2026-10-25', 25],
  ['America/New_York', '2026-03-08', 23],
  ['America/New_York', '2026-11-01', 25],
  ['Australia/Lord_Howe', '2026-10-04', 23.5],
  ['Australia/Lord_Howe', '2026-04-05', 24.5],
  ['UTC', '2026-10-25', 24],
] as const

describe('days on which the clocks are changed', () => {
  const dayOf = (text: string) => {
    const [year = 0, month = 1, day = 1] = text.split('-').map(Number)
    return { year, month, day }
  }

  test.each(CHANGES)('%s, %s has %d hours', (zone, text, hours) => {
    const start = instant(dayOf(text), zone)
    const end = addDays(start, 1, zone)
    expect((end - start) / HOUR).toBe(hours)
    expect(startOfDay(end - 1, zone)).toBe(start)
    const changes = clockChanges(start, end, zone)
    expect(changes.map(({ before, after }) => (after - before) / HOUR)).toEqual(
      hours === 24 ? [] : [24 - hours],
    )
    for (const { at: change, before, after } of changes) {
      expect(offsetMs(change - 1, zone)).toBe(before)
      expect(offsetMs(change, zone)).toBe(after)
    }
  })

  test.each(CHANGES)('%s, %s: every minute is found again by its wall time, in its turn', (zone, text) => {
    const start = instant(dayOf(text), zone)
    for (let each = start; each < addDays(start, 1, zone); each += MINUTE) {
      const both = instantsOf(wallTime(each, zone), zone)
      const turn = turnOf(each, zone)
      expect(both.length).toBe(turn === null ? 1 : 2)
      expect(both[turn === 'B' ? 1 : 0]).toBe(each)
    }
  })

  test.each([
    ['Europe/Berlin', '2026-10-25T00:30:00Z', 'A'],
    ['Europe/Berlin', '2026-10-25T01:30:00Z', 'B'],
    ['Europe/Berlin', '2026-10-24T23:59:59Z', null],
    ['Europe/Berlin', '2026-10-25T02:00:00Z', null],
    ['Europe/Berlin', '2026-03-29T01:30:00Z', null],
    ['America/New_York', '2026-11-01T05:00:00Z', 'A'],
    ['America/New_York', '2026-11-01T06:59:59Z', 'B'],
    ['Australia/Lord_Howe', '2026-04-04T14:29:59Z', null],
    ['Australia/Lord_Howe', '2026-04-04T14:30:00Z', 'A'],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00Z', 'B'],
    ['Australia/Lord_Howe', '2026-04-04T15:30:00Z', null],
    ['UTC', '2026-10-25T01:30:00Z', null],
  ])('%s, %s is %s', (zone, text, turn) => expect(turnOf(at(text), zone)).toBe(turn))

  test('the hour that is left out has no instant', () => {
    expect(instantsOf({ year: 2026, month: 3, day: 29, hour: 2, minute: 30 }, 'Europe/Berlin')).toEqual([])
    expect(instantsOf({ year: 2026, month: 10, day: 4, hour: 2, minute: 15 }, 'Australia/Lord_Howe')).toEqual(
      [],
    )
  })

  test('a year has two, and a zone without them none', () => {
    const year = [at('2026-01-01T00:00:00Z'), at('2027-01-01T00:00:00Z')] as const
    expect(clockChanges(...year, 'Europe/Berlin')).toHaveLength(2)
    expect(clockChanges(...year, 'Australia/Lord_Howe')).toHaveLength(2)
    expect(clockChanges(...year, 'Asia/Tokyo')).toEqual([])
  })
})
