import { expect, test } from 'vitest'
import type { Camera } from '@/api/types'
import { cameraState } from './camera-state'

const NOW = Date.parse('2026-11-21T14:00:00Z')
const waiting = {
  state: 'waiting',
  cause: 'unauthorized',
  detail: 'The camera refused the user name or password.',
  retry_at: '2026-11-21T14:00:56Z',
}

function camera(status: object): Camera {
  return { enabled: true, status: { main: status, sub: null } } as unknown as Camera
}

test('a refused password is tried again', () =>
  expect(cameraState(camera(waiting), NOW)).toMatchObject({
    label: 'Wrong password',
    doing: 'next try in 56 s',
  }))

test('a login that Vedette does not have is asked for, and nothing is tried', () => {
  const detail = 'The camera’s login was lost with the database. Enter it again.'
  expect(cameraState(camera({ ...waiting, detail, retry_at: null }), NOW)).toEqual({
    tone: 'down',
    label: 'Login needed',
    detail,
    doing: '',
    remedy: '',
  })
})
