import { expect, test } from 'vitest'
import type { LiveView } from '@/api/watching'
import { endWords, latencyWords, qualityWords, stallWords, summary } from './words'

const view = (id: string, bytes_per_s: number) =>
  ({ viewer: { id, name: id }, bytes_per_s }) as unknown as LiveView

test('what is going on in a line', () => {
  expect(summary([])).toBe('Nobody')
  expect(summary([view('a', 500_000)])).toBe('1 view by 1 person, 4.0 Mb/s')
  expect(summary([view('a', 500_000), view('a', 250_000), view('b', 0)])).toBe(
    '3 views by 2 people, 6.0 Mb/s',
  )
})

test('which picture it is', () => {
  expect(qualityWords({ stream: 'sub', quality: '' })).toBe('Sub-stream')
  expect(qualityWords({ stream: 'main', quality: '360p' })).toBe('Main stream, 360p')
  expect(qualityWords({ stream: 'main', quality: 'h264' })).toBe('Main stream, converted')
})

test('what a player told, and what it did not', () => {
  expect([stallWords(null), stallWords(0), stallWords(3)]).toEqual(['not told', 'none', '3'])
  expect([latencyWords(null), latencyWords(184), latencyWords(61_400)]).toEqual([
    'not told',
    '184 ms',
    '61 s',
  ])
})

test('an end that nobody saw says so', () => {
  expect(endWords({ end_reason: 'administrator', exact: true })).toBe('Ended by an administrator')
  expect(endWords({ end_reason: '', exact: false })).toBe('The server stopped; it may have ended later')
})
