import { describe, expect, test } from 'vitest'
import {
  ALWAYS,
  bars,
  formatDay,
  formatWeek,
  NIGHTS_AND_WEEKENDS,
  parseDay,
  parseWeek,
  weekWords,
  WORKING_HOURS,
} from './week'

describe('a day as text', () => {
  test.each([
    ['', []],
    ['off', []],
    ['all day', [['00:00', '24:00']]],
    ['8-18', [['08:00', '18:00']]],
    ['08:00–18:00', [['08:00', '18:00']]],
    [
      '0800 to 1230, 14:00 - 24:00',
      [
        ['08:00', '12:30'],
        ['14:00', '24:00'],
      ],
    ],
    ['22:00–06:00', [['22:00', '06:00']]],
  ])('%s', (text, spans) => expect(parseDay(text)).toEqual(spans))

  test.each([
    'lunch',
    '8',
    '25:00-26:00',
    '10:70-11:00',
    '08:00-08:00',
    '12-14, 13-15',
    '22-06, 23-24',
    '24:00-06:00',
  ])('%s is refused with a reason', (text) => expect(parseDay(text)).toBeTypeOf('string'))

  test('there and back', () => {
    for (const spans of [...WORKING_HOURS, ...NIGHTS_AND_WEEKENDS])
      expect(parseDay(formatDay(spans))).toEqual(spans)
  })
})

test('a week names the day that is wrong, and is not empty', () => {
  expect(parseWeek(formatWeek(WORKING_HOURS))).toEqual(WORKING_HOURS)
  expect(parseWeek(['', '', 'x', '', '', '', ''])).toMatch(/^Wednesday: /)
  expect(parseWeek(['', '', '', '', '', '', ''])).toMatch(/never records/)
  expect(parseWeek(['', '', '', '', '', '', ''], 'Name some hours.')).toBe('Name some hours.')
})

test('a span over midnight shows on both days, Sunday into Monday too', () => {
  const drawn = bars(['', '', '', '', '', '', '18:00–06:00'])
  expect(drawn[6]).toEqual([{ from: 0.75, to: 1 }])
  expect(drawn[0]).toEqual([{ from: 0, to: 0.25 }])
})

test('a week in words names days with the same hours together', () => {
  expect(weekWords(WORKING_HOURS)).toBe('Mon–Fri 08:00–18:00')
  expect(weekWords(NIGHTS_AND_WEEKENDS)).toBe('Mon–Fri 00:00–06:00, 18:00–24:00; Sat–Sun all day')
  expect(weekWords(ALWAYS)).toBe('daily all day')
  expect(weekWords([[], [['22:00', '06:00']], [], [], [], [], []])).toBe('Tue 22:00–06:00')
  expect(weekWords([[], [], [], [], [], [], []])).toBe('never')
})
