import { expect, test } from 'vitest'
import { wantedSpan } from './draft'

const VIENNA = 'Europe/Vienna'
const NOW = Date.parse('2026-11-21T14:00:00Z')

test('wall times are those of the zone', () => {
  const asked = { from: '2026-11-21T14:05:00', to: '2026-11-21T14:06:30' }
  expect(wantedSpan(asked, VIENNA, NOW)).toEqual({
    start: Date.parse('2026-11-21T13:05:00Z'),
    end: Date.parse('2026-11-21T13:06:30Z'),
  })
})

test.each([
  ['', '2026-11-21T14:06', 'from', 'Say from when.'],
  ['2026-11-21T14:05', '', 'to', 'Say until when.'],
  ['2026-11-21T14:05', '2026-11-21T14:05', 'to', 'The end must be after the beginning.'],
  ['2026-11-20T14:05', '2026-11-21T14:05:01', 'to', 'One link shows a day at most.'],
  [
    '2026-11-21T14:05',
    '2026-11-21T15:00:01',
    'to',
    'Only footage that there is can be shared: end it now or earlier.',
  ],
])('from %s to %s is refused at %s', (from, to, field, error) => {
  expect(wantedSpan({ from, to }, VIENNA, NOW)).toEqual({ field, error })
})
