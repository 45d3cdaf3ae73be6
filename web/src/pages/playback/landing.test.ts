import { expect, test } from 'vitest'
import { landing } from './landing'

const NOW = 1_795_000_000_000
const ago = (s: number) => NOW - s * 1000

// [name, spans in seconds before now, landing in seconds before now]
test.each([
  ['recorded all along', [[3600, 1]], 30],
  ['the first recording has just begun', [[12, 1]], 12],
  [
    'it began again',
    [
      [3600, 600],
      [9, 1],
    ],
    9,
  ],
  [
    'a gap a moment ago',
    [
      [3600, 31],
      [20, 1],
    ],
    20,
  ],
  ['away for an hour', [[7200, 3600]], 3610],
  ['away after very little', [[100, 95]], 100],
  ['nothing yet', [], 0],
])('%s', (_, spans, expected) => {
  const found = landing(
    spans.map(([start = 0, end = 0]) => [ago(start), ago(end)]),
    NOW,
  )
  expect(found).toBe(ago(expected))
})
