import { describe, expect, it } from 'vitest'
import type { Me } from '@/api/types'
import { holds, NOBODY } from './may'

const mixed: Me = {
  ...NOBODY,
  kind: 'session',
  permissions: ['camera.view', 'live.view', 'recording.control'],
  everywhere: ['camera.view'],
}
const gate = { allowed: ['camera.view', 'live.view', 'recording.control'] as const }
const yard = { allowed: ['camera.view'] as const }

describe('holds', () => {
  it.each([
    ['anywhere', mixed, 'recording.control', undefined, true],
    ['nowhere', mixed, 'camera.edit', undefined, false],
    ['on that camera', mixed, 'recording.control', gate, true],
    ['on another camera', mixed, 'recording.control', yard, false],
    ['everywhere, of a camera that is not known', mixed, 'camera.view', null, true],
    ['somewhere, of a camera that is not known', mixed, 'recording.control', null, false],
    ['nobody', NOBODY, 'camera.view', undefined, false],
    ['nobody, of a camera', NOBODY, 'camera.view', null, false],
  ] as const)('%s', (_, me, permission, camera, expected) => {
    expect(holds(me, permission, camera)).toBe(expected)
  })
})
