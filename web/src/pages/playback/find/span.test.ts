import { expect, test } from 'vitest'
import { DAY, HOUR } from '@/words/zone'
import { spanOf, typedOf, wrongWith, type Choice } from './span'

const ZONE = 'Europe/Berlin'
const AT = Date.UTC(2026, 10, 21, 12, 30)
const NOW = Date.UTC(2026, 10, 21, 12, 45)
const START = Date.UTC(2026, 10, 20, 23)
const MARKS = { start: AT, end: AT + 1000 }
const TYPED = { from: '2026-11-20T10:00:00', to: '2026-11-20T11:30:00' }

test.each([
  ['day', AT, START, NOW],
  ['day', AT - DAY, START - DAY, START],
  // The day on which clocks go back has 25 hours.
  ['day', Date.UTC(2026, 9, 25, 12), Date.UTC(2026, 9, 24, 22), Date.UTC(2026, 9, 25, 23)],
  ['hour', AT, AT - HOUR / 2, NOW],
  ['marks', AT, MARKS.start, MARKS.end],
  ['own', AT, Date.UTC(2026, 10, 20, 9), Date.UTC(2026, 10, 20, 10, 30)],
] as [Choice, number, number, number][])('%s at %d', (choice, at, start, end) => {
  expect(spanOf(choice, at, NOW, ZONE, MARKS, TYPED)).toEqual({ start, end })
})

test('what is not there is no span', () => {
  expect(spanOf('marks', AT, NOW, ZONE, null, TYPED)).toBeNull()
  expect(spanOf('own', AT, NOW, ZONE, null, { from: '', to: TYPED.to })).toBeNull()
})

test('what is typed is what was meant', () => {
  expect(spanOf('own', AT, NOW, ZONE, null, typedOf(MARKS, ZONE))).toEqual(MARKS)
})

test.each([
  [null, 'Say from when'],
  [{ start: NOW, end: NOW + 1 }, 'after now'],
  [{ start: AT, end: AT }, 'after the beginning'],
  [{ start: NOW - 8 * DAY, end: NOW }, '7 days'],
])('%o is refused', (span, words) => expect(wrongWith(span, NOW)).toContain(words))

test('a good span is not', () => expect(wrongWith(MARKS, NOW)).toBeNull())
