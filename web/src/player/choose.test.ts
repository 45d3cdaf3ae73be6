import { describe, expect, it } from 'vitest'
import { mayDoBetter, waysOf, type Abilities } from './choose'
import type { LiveState } from './live-state'

const all: Abilities = { mediaSource: true, socket: true, nativeHls: false }

describe('what is tried', () => {
  it.each([
    [all, null, ['mse', 'hls']],
    [all, 'hls', ['hls', 'mse']],
    [{ ...all, socket: false }, 'mse', ['hls']],
    [{ mediaSource: false, socket: true, nativeHls: true }, null, ['hls']],
    [{ mediaSource: false, socket: true, nativeHls: false }, null, []],
  ] as const)('%o after %s', (can, before, wanted) => {
    expect(waysOf(can, before)).toEqual(wanted)
  })
})

describe('when another way is tried', () => {
  const state = (changed: object) =>
    ({ phase: 'connecting', status: null, connected: true, ...changed }) as LiveState
  const native = { ...all, nativeHls: true }

  it.each([
    ['no picture yet', state({}), 5_900, all, false],
    ['no picture', state({}), 6_000, all, true],
    ['no connection yet', state({ connected: false }), 2_900, all, false],
    ['no connection', state({ connected: false }), 3_000, all, true],
    ['no picture of a camera that records', state({ status: { state: 'recording' } }), 6_000, all, true],
    ['no picture of a camera that is away', state({ status: { state: 'waiting' } }), 60_000, all, false],
    ['a picture', state({ phase: 'playing' }), 60_000, all, false],
    ['a codec that nothing here decodes', state({ phase: 'unsupported' }), 0, all, false],
    ['a codec that the browser may decode', state({ phase: 'unsupported' }), 0, native, true],
    ['who may not watch', state({ phase: 'refused' }), 60_000, all, false],
  ] as const)('%s', (_, now, waited, can, wanted) => {
    expect(mayDoBetter(now, waited, can)).toBe(wanted)
  })
})
