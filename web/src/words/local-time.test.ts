import { expect, test } from 'vitest'
import { fieldOf, fromLocal, oddity, takeTurn, toLocal } from './local-time'

test('there and back, in the zone and not in that of the browser', () => {
  const at = Date.parse('2026-11-21T13:05:00Z')
  expect(toLocal(at, 'Europe/Vienna')).toBe('2026-11-21T14:05')
  expect(fromLocal('2026-11-21T14:05', 'Europe/Vienna')).toBe(at)
  expect(fromLocal('2026-11-21T14:05:30', 'UTC')).toBe(Date.parse('2026-11-21T14:05:30Z'))
})

test('an empty field is no instant', () => {
  expect(fromLocal('', 'UTC')).toBeNull()
  expect(fromLocal('tomorrow', 'UTC')).toBeNull()
})

test.each([
  ['Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25T02:30'],
  ['Europe/Berlin', '2026-10-25T01:30:00Z', '2026-10-25T02:30B'],
  ['Australia/Lord_Howe', '2026-04-04T15:15:00Z', '2026-04-05T01:45B'],
])('of a time that comes twice it keeps which: %s, %s', (zone, text, value) => {
  expect(toLocal(Date.parse(text), zone)).toBe(value)
  expect(fromLocal(value, zone)).toBe(Date.parse(text))
})

test('the field shows the time alone, and which of both is chosen beside it', () => {
  expect(fieldOf('2026-10-25T02:30B')).toBe('2026-10-25T02:30')
  expect(takeTurn('2026-10-25T02:30', true)).toBe('2026-10-25T02:30B')
  expect(takeTurn('2026-10-25T02:30B', false)).toBe('2026-10-25T02:30')
  // The day was changed afterwards: there is only one.
  expect(fromLocal('2026-10-26T02:30B', 'Europe/Berlin')).toBe(Date.parse('2026-10-26T01:30:00Z'))
})

test.each([
  ['2026-10-25T02:30', { twice: [Date.parse('2026-10-25T00:30:00Z'), Date.parse('2026-10-25T01:30:00Z')] }],
  ['2026-03-29T02:30', { skipped: Date.parse('2026-03-29T01:30:00Z') }],
  ['2026-03-29T03:30', null],
  ['2026-13-29T03:30', null],
  ['', null],
])('what is odd about %s', (text, told) => expect(oddity(text, 'Europe/Berlin')).toEqual(told))
