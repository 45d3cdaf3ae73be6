import { describe, expect, it } from 'vitest'
import type { Me } from '@/api/types'
import { NOBODY } from './may'
import { initials, roleSummary } from './words'

type Grant = Me['grants'][number]

const grant = (role: string, more: Partial<Grant> = {}): Grant => ({
  role,
  group: null,
  zone: null,
  zone_id: null,
  camera_id: null,
  valid_until: null,
  at_hours: false,
  in_force: true,
  ...more,
})

describe('roleSummary', () => {
  it.each([
    ['nothing', [], 'No role yet'],
    ['one', [grant('admin')], 'Admin'],
    ['in a zone', [grant('viewer', { zone: 'Front' })], 'Viewer in Front'],
    ['of a camera', [grant('viewer', { camera_id: 'g' })], 'Viewer of Gate'],
    ['of a camera that is not known', [grant('viewer', { camera_id: 'x' })], 'Viewer of one camera'],
    ['several', [grant('operator', { zone: 'Front' }), grant('viewer')], 'Operator in Front; viewer'],
    ['by name and by a group', [grant('viewer'), grant('viewer', { group: 'Guards' })], 'Viewer'],
    ['out of its hours', [grant('viewer', { in_force: false, at_hours: true })], 'No role yet'],
  ])('%s', (_, grants, expected) => {
    expect(roleSummary({ ...NOBODY, grants }, (id) => (id === 'g' ? 'Gate' : undefined))).toBe(expected)
  })
})

describe('initials', () => {
  it.each([
    ['Anna Huber', 'AH'],
    ['anna', 'A'],
    ['anna.maria-huber', 'AH'],
    ['', '?'],
    ['  ', '?'],
    ['éva', 'É'],
    ['🐢 x', '🐢X'],
  ])('%s', (name, expected) => {
    expect(initials(name)).toBe(expected)
  })
})
