import { expect, test } from 'vitest'
import type { Mark } from '@/timeline/marks'
import { nearest, nextMarked } from './next'

const mark = (startMs: number, camera?: string): Mark => ({
  id: `${camera} ${startMs}`,
  kind: 'bookmark',
  startMs,
  endMs: startMs,
  label: '',
  ...(camera === undefined ? {} : { camera }),
})
const MARKS = [mark(9000, 'gate'), mark(5000, 'yard'), mark(7000), mark(3000, 'gate')]

test.each<[string, string[], number, number | null]>([
  ['the first of its camera', ['gate'], 1000, 3000],
  ['that of another camera is none', ['gate'], 3500, 7000],
  ['of several cameras', ['gate', 'yard'], 3500, 5000],
  ['the one that is shown is not the next', ['gate'], 3000, 7000],
  ['nor the one within the shown frame', ['gate'], 2970, 7000],
  ['what lies ahead of now is none', ['gate'], 8000, null],
  ['none after it', ['gate'], 9000, null],
  ['no camera', [], 1000, 7000],
])('%s', (_, cameras, at, expected) => {
  expect(nextMarked(MARKS, cameras, at, 40, 8500)).toBe(expected)
})

test.each<[(number | null)[], number | null]>([
  [[null, null], null],
  [[5, null], 5],
  [[null, 5], 5],
  [[7, 5], 5],
])('the nearer of %s', (instants, expected) => {
  expect(nearest(...instants)).toBe(expected)
})
