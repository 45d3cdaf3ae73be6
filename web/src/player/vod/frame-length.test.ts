import { expect, test } from 'vitest'
import { FrameLength } from './frame-length'

test.each([
  ['before any frame', [], 0.04],
  ['25 fps', [0.04, 0.04], 0.04],
  ['15 fps', [0.0667, 0.0667], 0.0667],
  ['one frame each second', [1, 1, 1], 1],
  ['dropped frames', [0.08, 0.04, 0.12, 0.04, 0.08], 0.04],
  ['where files meet', [0.04, 0.04, 0.013, 0.04], 0.04],
  ['seeks and roundings', [-3, 0.04, 25, 0.0001], 0.04],
])('%s', (_, steps, expected) => {
  const length = new FrameLength()
  for (const step of steps) length.shown(step)
  expect(length.seconds).toBeCloseTo(expected, 6)
})

test('another camera takes over soon', () => {
  const length = new FrameLength()
  for (let i = 0; i < 100; i += 1) length.shown(0.04)
  for (let i = 0; i < 12; i += 1) length.shown(0.1)
  expect(length.seconds).toBeCloseTo(0.1, 6)
})
