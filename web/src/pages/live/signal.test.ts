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

describe('a view that was ended', () => {
  const state = (code: string, untilMs: number | null = null) =>
    player({ phase: 'ended', refusal: { code, detail: 'Words of the server.', untilMs } })
  test('says by whom, and waits for a person', () =>
    expect(signal(state('live.ended'), recording, NOW)).toEqual({
      title: 'Ended by an administrator',
      text: 'It is not opened again by itself.',
      again: 'Watch again',
    }))
  test('says when it can be watched again', () => {
    expect(signal(state('live.ended_elsewhere', NOW + 41_200), recording, NOW)).toEqual({
      title: 'Ended by you from another place',
      text: 'It can be watched again in 42 s.',
      again: 'Watch again',
    })
    expect(signal(state('live.camera_off', NOW - 1), null, NOW)?.text).toBe(
      'It is not opened again by itself.',
    )
  })
})

test.each([
  ['live.too_many_of_user', 'Too many streams of yours'],
  ['live.too_many_of_camera', 'Too many viewers of this camera'],
  ['transcode.limit', 'It can’t be converted now'],
])('%s is called by its name', (code, title) => {
  const refusal = { code, detail: 'Close some (live_per_user).', untilMs: NOW + 9_000 }
  expect(signal(player({ phase: 'full', refusal }), recording, NOW)).toEqual({
    title,
    text: 'Close some (live_per_user). It is tried again in 9 s.',
    again: 'Try again',
  })
})

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
