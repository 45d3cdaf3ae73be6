import { expect, test } from 'vitest'
import {
  ago,
  bitrate,
  bytes,
  clockTime,
  count,
  duration,
  frameRate,
  labelled,
  moment,
  percent,
  sentences,
  stretch,
} from './format'
import { DAY, HOUR, MINUTE } from './zone'

test.each([
  [450, '450 ms'],
  [12_400, '12 s'],
  [MINUTE, '1 min'],
  [4 * MINUTE + 10_000, '4 min 10 s'],
  [2 * HOUR + 5 * MINUTE + 59_000, '2 h 5 min'],
  [3 * DAY + 4 * HOUR, '3 d 4 h'],
  [-5, '0 ms'],
])('duration %d', (ms, text) => expect(duration(ms)).toBe(text))

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [999_500, '1.0 MB'],
  [10_000_000, '10 MB'],
  [12_340_000, '12.3 MB'],
  [812_000_000, '812 MB'],
  [4_100_000_000_000, '4.1 TB'],
])('bytes %d', (value, text) => expect(bytes(value)).toBe(text))

test.each([
  [4_096_000, '4.1 Mb/s'],
  [640_400, '640 kb/s'],
  [999_900, '1.0 Mb/s'],
])('bitrate %d', (value, text) => expect(bitrate(value)).toBe(text))

test.each([
  [25.04, '25 fps'],
  [12.5, '12.5 fps'],
  [29.97, '30 fps'],
])('frame rate %d', (value, text) => expect(frameRate(value)).toBe(text))

test.each([
  [100, '100 %'],
  [99.96, '99.9 %'],
  [98.7, '98 %'],
  [0.2, '< 1 %'],
  [0, '0 %'],
])('percent %d never rounds up to all', (value, text) => expect(percent(value)).toBe(text))

test('moments say their day only when it is another day', () => {
  const now = Date.parse('2026-11-21T14:00:00Z')
  expect(moment(Date.parse('2026-11-21T13:05:12.345Z'), 'UTC', now, 'ms')).toBe('13:05:12.345')
  expect(moment(Date.parse('2026-11-20T13:05:12Z'), 'UTC', now)).toBe('Fri 20 Nov 13:05:12')
  expect(moment(Date.parse('2025-11-20T13:05:12Z'), 'UTC', now)).toBe('Thu 20 Nov 2025 13:05:12')
  expect(clockTime(now, 'Europe/Vienna', 'minute')).toBe('15:00')
})

test('relative times and counts', () => {
  expect(ago(1500)).toBe('now')
  expect(ago(61_000)).toBe('1 min ago')
  expect(ago(47 * HOUR)).toBe('47 h ago')
  expect(count(1, 'camera')).toBe('1 camera')
  expect(count(1200, 'file')).toBe('1,200 files')
})

test.each([
  [['connection refused', '', 'Check the address.'], 'Connection refused. Check the address.'],
  [[''], ''],
])('sentences of %o', (texts, expected) => expect(sentences(...texts)).toBe(expected))

test.each([
  [['Recording', '25 fps, 4.1 Mb/s', ''], 'Recording, 25 fps, 4.1 Mb/s'],
  [['Disabled', '', ''], 'Disabled'],
  [
    ['No answer', 'no reply within 5 s', 'next try in 4 s'],
    'No answer, no reply within 5 s, next try in 4 s',
  ],
  [
    ['No connection', 'The camera refused the connection on port 43713.', 'next try in 4 s'],
    'No connection: The camera refused the connection on port 43713. Next try in 4 s.',
  ],
  [
    ['Camera hung up', 'The camera closed the connection.', 'trying again'],
    'Camera hung up: The camera closed the connection. Trying again.',
  ],
] as [[string, ...string[]], string][])('labelled %o', (texts, expected) =>
  expect(labelled(...texts)).toBe(expected),
)

test('what is passed on names the day and the year of its moments', () => {
  const at = Date.parse('2026-11-21T13:05:12Z')
  expect(moment(at, 'UTC', null)).toBe('Sat 21 Nov 2026 13:05:12')
  expect(moment(at, 'Europe/Vienna', null, 'minute')).toBe('Sat 21 Nov 2026 14:05')
})

test.each([
  ['2026-11-21T13:05:00Z', '2026-11-21T13:06:30Z', '13:05:00 to 13:06:30'],
  ['2026-11-20T13:05:00Z', '2026-11-20T13:06:30Z', 'Fri 20 Nov 13:05:00 to 13:06:30'],
  ['2026-11-20T23:59:00Z', '2026-11-21T00:01:00Z', 'Fri 20 Nov 23:59:00 to Sat 21 Nov 00:01:00'],
  ['2026-11-19T23:59:00Z', '2026-11-20T00:01:00Z', 'Thu 19 Nov 23:59:00 to Fri 20 Nov 00:01:00'],
])('from %s to %s', (start, end, text) => {
  const now = Date.parse('2026-11-21T18:00:00Z')
  expect(stretch(Date.parse(start), Date.parse(end), 'UTC', now)).toBe(text)
})

test.each([
  ['2026-10-25T00:30:15.250Z', '02:30:15 A', '02:30:15.250 A'],
  ['2026-10-25T01:30:15.250Z', '02:30:15 B', '02:30:15.250 B'],
  ['2026-10-25T02:30:15.250Z', '03:30:15', '03:30:15.250'],
])('a time that comes twice says which: %s', (text, seconds, exact) => {
  expect(clockTime(Date.parse(text), 'Europe/Berlin')).toBe(seconds)
  expect(clockTime(Date.parse(text), 'Europe/Berlin', 'ms')).toBe(exact)
})
