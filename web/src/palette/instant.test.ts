import { expect, test } from 'vitest'
import { parseInstant } from './instant'

const ZONE = 'Europe/Vienna'
// Saturday, 15:00 in Vienna.
const NOW = Date.parse('2026-11-21T14:00:00Z')

test.each([
  ['gate yesterday 14:05', '2026-11-20T13:05:00.000Z', 'gate'],
  ['yesterday at 14:05 gate', '2026-11-20T13:05:00.000Z', 'gate'],
  ['gate yest 14:05', '2026-11-20T13:05:00.000Z', 'gate'],
  ['car park 8:30', '2026-11-21T07:30:00.000Z', 'car park'],
  ['16:00', '2026-11-20T15:00:00.000Z', ''],
  ['mon 8:30:15.5', '2026-11-16T07:30:15.500Z', ''],
  ['wednesday 9am dock', '2026-11-18T08:00:00.000Z', 'dock'],
  ['saturday', '2026-11-20T23:00:00.000Z', ''],
  ['21 nov 2pm', '2026-11-21T13:00:00.000Z', ''],
  ['24 december', '2025-12-23T23:00:00.000Z', ''],
  ['3.9. 12:00', '2026-09-03T10:00:00.000Z', ''],
  ['2026-10-25 02:30 roof', '2026-10-25T00:30:00.000Z', 'roof'],
  ['gate 5 min ago', '2026-11-21T13:55:00.000Z', 'gate'],
  ['2 h ago', '2026-11-21T12:00:00.000Z', ''],
  ['today 12am', '2026-11-20T23:00:00.000Z', ''],
])('%s', (text, at, rest) => {
  const parsed = parseInstant(text, ZONE, NOW)
  expect(parsed && new Date(parsed.at).toISOString()).toBe(at)
  expect(parsed?.rest).toBe(rest)
})

test.each(['gate', '', 'aisle 4', 'today 23:00', '25:00', 'yesterday 14:75', '2027-01-01', 'monitor 3'])(
  '%s is no instant of the past',
  (text) => expect(parseInstant(text, ZONE, NOW)).toBeNull(),
)

test.each([
  ['2026-10-25 02:30 roof', '2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z', 'roof'],
  ['2026-10-25 02:30 a roof', '2026-10-25T00:30:00.000Z', null, 'roof'],
  ['roof 25 oct 2:30 B', '2026-10-25T01:30:00.000Z', null, 'roof'],
  // A letter is a camera's name on every other day.
  ['2026-10-26 02:30 b', '2026-10-26T01:30:00.000Z', null, 'b'],
])('of a time that comes twice: %s', (text, at, second, rest) => {
  const parsed = parseInstant(text, ZONE, NOW)
  const told = (instant: number | null | undefined) => (instant ? new Date(instant).toISOString() : null)
  expect([told(parsed?.at), told(parsed?.second), parsed?.rest]).toEqual([at, second, rest])
})
