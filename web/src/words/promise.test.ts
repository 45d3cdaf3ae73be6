import { expect, test } from 'vitest'
import { promise } from './promise'

test.each([
  [30, null, '30 days'],
  [1, 5e11, '1 day, at most 500 GB'],
  [null, 5e11, 'at most 500 GB'],
  [null, null, 'until room is needed, the oldest goes first'],
])('%s days and %s bytes', (keep_days, keep_bytes, words) =>
  expect(promise({ keep_days, keep_bytes })).toBe(words),
)
