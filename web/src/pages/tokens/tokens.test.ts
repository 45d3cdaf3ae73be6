import { describe, expect, test } from 'vitest'
import { parseNetworks, wrongNetwork } from './networks'
import { usageOf } from './usage'

test('networks are told apart by commas, blanks and lines', () => {
  expect(parseNetworks(' 192.0.2.1, 192.0.2.0/24\n2001:db8::/32 192.0.2.1 ')).toEqual([
    '192.0.2.1',
    '192.0.2.0/24',
    '2001:db8::/32',
  ])
  expect(parseNetworks('  ')).toEqual([])
})

describe('networks', () => {
  test.each([
    '192.0.2.7',
    '0.0.0.0/0',
    '10.0.0.0/8',
    '::1',
    '::/0',
    '2001:db8::/32',
    '2001:db8:0:0:0:0:0:1',
    'fe80::1',
    '::ffff:192.0.2.1',
    '1::',
  ])('%s', (text) => expect(wrongNetwork([text])).toBeNull())
  test.each([
    '256.0.0.1',
    '192.0.2',
    '192.0.2.0/33',
    '192.0.2.0/',
    '192.0.2.0/24/1',
    'home',
    '2001:db8::/129',
    '1:2:3',
    '1::2::3',
    '1:2:3:4:5:6:7:8:9',
    '::12345',
    ':1:2:3:4:5:6:7',
  ])('%s is refused', (text) => expect(wrongNetwork([text])).toContain(text))
})

test('use is added up by day and by route, with the days on which nothing came', () => {
  const use = (day: string, route: string, requests: number) => ({ day, route, requests })
  const usage = usageOf(
    [
      use('2026-11-21', 'GET /a', 3),
      use('2026-11-21', 'GET /b', 5),
      use('2026-11-19', 'GET /a', 4),
      use('2026-11-01', 'GET /old', 1),
    ],
    Date.parse('2026-11-21T12:00:00Z'),
    3,
  )
  expect(usage.total).toBe(13)
  expect(usage.days).toEqual([
    { day: '2026-11-19', requests: 4 },
    { day: '2026-11-20', requests: 0 },
    { day: '2026-11-21', requests: 8 },
  ])
  expect(usage.routes.map(({ route, requests, lastDay }) => [route, requests, lastDay])).toEqual([
    ['GET /a', 7, '2026-11-21'],
    ['GET /b', 5, '2026-11-21'],
    ['GET /old', 1, '2026-11-01'],
  ])
})
