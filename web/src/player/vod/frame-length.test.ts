import { expect, test } from 'vitest'
import { FrameLength, middleStep } from './frame-length'

function learned(...steps: readonly number[]): number {
  const length = new FrameLength()
  for (const step of steps) length.shown(step)
  return length.seconds
}

const times = (count: number, ...steps: readonly number[]) =>
  Array.from({ length: count }, () => steps).flat()

test.each<[string, number[], number]>([
  ['before any frame', [], 0.04],
  ['25 fps', [0.04, 0.04], 0.04],
  ['15 fps', [0.0667, 0.0667], 0.0667],
  ['15 fps in milliseconds', times(4, 0.067, 0.066, 0.067), 0.0667],
  ['one frame each second', [1, 1, 1], 1],
  ['dropped frames', [0.08, 0.04, 0.12, 0.04, 0.08], 0.04],
  ['where files meet', [0.04, 0.04, 0.013, 0.04], 0.04],
  ['where files meet in another way', [...times(5, 0.04), 0.053, ...times(5, 0.04)], 0.04],
  ['seeks and roundings', [-3, 0.04, 25, 0.0001], 0.04],
  ['a busy browser shows no two in a row', times(3, 0.08, 0.12, 0.08, 0.2), 0.04],
  ['a busy browser shows two in a row now and then', [...times(5, 0.12, 0.08), 0.04, 0.16], 0.04],
  ['a busy browser shows every other one, after all of them', [...times(12, 0.04), ...times(40, 0.08)], 0.04],
  ['and every third', [...times(12, 0.04), ...times(40, 0.12)], 0.04],
  ['30 fps on a screen that shows 20 in a second', times(6, 0.0333, 0.0667), 0.0333],
])('%s', (_, steps, expected) => {
  expect(learned(...steps)).toBeCloseTo(expected, 3)
})

test('another camera takes over soon', () => {
  expect(learned(...times(100, 0.04), ...times(12, 0.1))).toBeCloseTo(0.1, 6)
})

test('a stream of half as many frames, once the old one is forgotten', () => {
  const length = new FrameLength()
  for (const step of times(20, 0.04)) length.shown(step)
  length.forget()
  expect(length.seconds).toBeCloseTo(0.04, 6)
  for (const step of times(3, 0.08)) length.shown(step)
  expect(length.seconds).toBeCloseTo(0.08, 6)
})

test('what the media says counts, until it is of another stream', () => {
  const length = new FrameLength()
  length.tell(0.04)
  for (const step of times(20, 0.08)) length.shown(step)
  expect(length.seconds).toBe(0.04)
  length.tell(0)
  expect(length.seconds).toBe(0.04)
  length.forget()
  for (const step of times(3, 0.08)) length.shown(step)
  expect(length.seconds).toBeCloseTo(0.08, 6)
})

test.each([
  ['in order of decoding, with B-frames', [0, 0.12, 0.04, 0.08, 0.16], 0.04],
  ['with a hole', [0, 0.04, 0.08, 1, 1.04, 1.08], 0.04],
  ['of two', [1, 1.5], 0.5],
  ['of one', [1], null],
  ['of none', [], null],
])('the middle step of pictures %s', (_, pictures, expected) => {
  if (expected === null) expect(middleStep(pictures)).toBeNull()
  else expect(middleStep(pictures)).toBeCloseTo(expected, 6)
})
