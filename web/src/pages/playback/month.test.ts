import { expect, test } from 'vitest'
import { monthKey, shiftMonth, weeksOf } from './month'

test.each([
  [{ year: 2026, month: 11 }, 6, 30, 6],
  [{ year: 2027, month: 2 }, 0, 28, 4],
  [{ year: 2028, month: 2 }, 1, 29, 5],
])('%o', (month, lead, days, weeks) => {
  const found = weeksOf(month)
  expect(found).toHaveLength(weeks)
  expect(found.flat().findIndex((day) => day === 1)).toBe(lead)
  expect(Math.max(...found.flat().map((day) => day ?? 0))).toBe(days)
})

test.each([
  [1, '2027-01'],
  [-12, '2025-12'],
  [2, '2027-02'],
])('December 2026 shifted by %d', (by, key) => {
  expect(monthKey(shiftMonth({ year: 2026, month: 12 }, by))).toBe(key)
})
