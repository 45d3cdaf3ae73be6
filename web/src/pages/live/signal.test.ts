import { describe, expect, test } from 'vitest'
import type { LiveState } from '@/player/live-state'
import type { CameraState } from '@/words/camera-state'
import { signal } from './signal'

const NOW = 1_000_000
const player = (changed: Partial<LiveState>) =>
  ({ phase: 'connecting', connected: true, silentSince: NOW - 12_000, codecs: '', ...changed }) as LiveState
const recording: CameraState = {
  tone: 'recording',
  label: 'Recording',
  detail: '25 fps',
  doing: '',
  remedy: '',
}
const refused: CameraState = {
  tone: 'down',
  label: 'No connection',
  detail: 'The camera refused the connection on port 554.',
  doing: 'next try in 4 s',
  remedy: '',
}

test('a stream that is not there yet waits for its key frame', () =>
  expect(signal(player({}), recording, NOW)).toEqual({
    title: 'No picture yet',
    text: 'Waiting for a key frame.',
  }))

test('a stream that only stills can show is not waited for', () =>
  expect(signal(player({ phase: 'unsupported' }), recording, NOW)).toBeNull())

describe('a camera that is down', () => {
  test('says why on its tile', () =>
    expect(signal(player({}), refused, NOW)).toEqual({
      title: 'No connection',
      text: 'The camera refused the connection on port 554. Next try in 4 s.',
    }))
  test('is so for stills, too', () =>
    expect(signal(player({ phase: 'unsupported' }), refused, NOW)?.title).toBe('No connection'))
  test('says no more than that where the page says it', () =>
    expect(signal(player({}), null, NOW)).toEqual({ title: 'No picture', text: '' }))
})
