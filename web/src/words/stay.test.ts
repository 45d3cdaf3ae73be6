import { expect, test } from 'vitest'
import { aboutDays, dailyBytes, roomLeft } from './stay'

test('bytes a day come from what is there', () => {
  const stats = { bytes: 2_000, oldest: '2026-11-19T00:00:00Z', newest: '2026-11-21T00:00:00Z' }
  expect(dailyBytes(stats)).toBe(1_000)
  expect(dailyBytes({ ...stats, newest: '2026-11-19T00:59:00Z' })).toBeNull()
  expect(dailyBytes({ bytes: 0, oldest: null, newest: null })).toBeNull()
})

test.each([
  [{ free_bytes: 300, total_bytes: 1000, headroom_percent: 10 }, 200],
  [{ free_bytes: 50, total_bytes: 1000, headroom_percent: 10 }, 0],
  [{ free_bytes: null, total_bytes: null, headroom_percent: 10 }, null],
])('room in %o', (volume, expected) => expect(roomLeft(volume)).toBe(expected))

test.each([
  [1000, 'about 3 years'],
  [26.1, 'about 26 days'],
  [1.5, 'about 36 h'],
  [0.01, 'less than an hour'],
])('%d days', (days, text) => expect(aboutDays(days)).toBe(text))
