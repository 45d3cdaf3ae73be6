import { expect, test } from 'vitest'
import { fromLocal, toLocal } from './local-time'

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
