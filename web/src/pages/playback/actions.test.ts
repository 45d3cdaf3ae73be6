import { expect, test, vi } from 'vitest'
import { actOnKey, shuttle, type PlaybackActions } from './actions'

test.each([
  [1, false, 1, 1],
  [1, true, 1, 2],
  [2, true, 1, 4],
  [16, true, 1, 16],
  [4, true, -1, -1],
  [-1, true, -1, -2],
  [-8, true, 1, 1],
  [0.5, true, 1, 1],
] as const)('rate %d, playing %s, direction %d becomes %d', (rate, playing, direction, expected) => {
  expect(shuttle(rate, playing, direction)).toBe(expected)
})

const names = [
  'toggle',
  'pause',
  'skip',
  'step',
  'setRate',
  'nextRecording',
  'now',
  'toggleMute',
  'snapshot',
  'download',
  'fullScreen',
  'zoom',
] as const

test.each([
  [' ', false, 'toggle', []],
  ['ArrowLeft', false, 'skip', [-5000]],
  ['ArrowRight', true, 'skip', [1000]],
  [',', false, 'step', [-1]],
  ['.', false, 'step', [1]],
  ['K', false, 'pause', []],
  ['l', false, 'setRate', [2]],
  ['j', false, 'setRate', [-1]],
  ['End', false, 'now', []],
  ['ArrowUp', false, 'zoom', [1 / 1.6]],
] as const)('%s (shift %s) is %s', (key, shiftKey, name, args) => {
  const actions = Object.fromEntries(names.map((each) => [each, vi.fn()])) as unknown as PlaybackActions
  expect(actOnKey({ key, shiftKey }, { rate: 1, playing: true }, actions)).toBe(true)
  expect(actions[name]).toHaveBeenCalledExactlyOnceWith(...args)
  const others = names.filter((each) => each !== name)
  for (const other of others) expect(actions[other]).not.toHaveBeenCalled()
})

test('other keys are left alone', () => {
  const actions = {} as PlaybackActions
  expect(actOnKey({ key: 'Tab', shiftKey: false }, { rate: 1, playing: true }, actions)).toBe(false)
})
