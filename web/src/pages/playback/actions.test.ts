import { expect, test, vi } from 'vitest'
import { actOnKey, type PlaybackActions } from './actions'

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
  'jump',
  'mark',
  'clearMarks',
  'jumpTo',
  'toggleLoop',
  'copyLink',
] as const

test.each([
  [' ', false, 'toggle', []],
  ['ArrowLeft', false, 'skip', [-5000, false]],
  ['ArrowRight', true, 'skip', [1000, false]],
  [',', false, 'step', [-1]],
  ['.', false, 'step', [1]],
  ['K', false, 'pause', []],
  ['l', false, 'setRate', [2]],
  ['j', false, 'setRate', [-1]],
  ['>', true, 'setRate', [2]],
  ['<', true, 'setRate', [0.5]],
  ['End', false, 'now', []],
  ['PageUp', false, 'jump', [-1]],
  ['PageDown', false, 'jump', [1]],
  ['ArrowUp', false, 'zoom', [1 / 1.6]],
  ['i', false, 'mark', ['in']],
  ['O', true, 'jumpTo', ['out']],
  [']', false, 'mark', ['out']],
  ['x', false, 'clearMarks', []],
  ['r', false, 'toggleLoop', []],
] as const)('%s (shift %s) is %s', (key, shiftKey, name, args) => {
  const actions = Object.fromEntries(names.map((each) => [each, vi.fn()])) as unknown as PlaybackActions
  expect(actOnKey({ key, shiftKey }, { rate: 1, playing: true }, actions)).toBe(true)
  expect(actions[name]).toHaveBeenCalledExactlyOnceWith(...args)
  const others = names.filter((each) => each !== name)
  for (const other of others) expect(actions[other]).not.toHaveBeenCalled()
})

test('other keys are left alone', () => {
  const actions = {} as PlaybackActions
  for (const key of ['Tab', 'constructor', '7'])
    expect(actOnKey({ key, shiftKey: false }, { rate: 1, playing: true }, actions)).toBe(false)
})
