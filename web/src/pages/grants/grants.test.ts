import { expect, test } from 'vitest'
import type { Grant } from '@/api/people'
import { emptyGrant, grantBody, grantDraft, grantErrors } from './draft'
import { grantState, whenWords } from './words'

const VIENNA = 'Europe/Vienna'
const NOW = Date.parse('2026-11-21T12:00:00Z')
const WORK = {
  timezone: VIENNA,
  week: [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? [['08:00', '18:00']] : [])),
}

const grant = (change: Partial<Grant> = {}): Grant => ({
  id: 'g',
  user_id: 'u',
  group_id: null,
  subject: 'bert',
  role_id: 'r',
  role: 'viewer',
  source: 'manual',
  zone_id: null,
  zone: null,
  camera_id: null,
  valid_from: null,
  valid_until: null,
  hours: null,
  in_force: true,
  created_at: '2026-11-01T00:00:00.000Z',
  ...change,
})

test('a grant becomes a draft and the same grant again', () => {
  const given = grant({
    zone_id: 'z',
    valid_from: '2026-11-21T13:05:00.000Z',
    valid_until: '2026-12-01T00:00:00.000Z',
    hours: WORK,
  })
  const draft = grantDraft(given, VIENNA)
  expect([draft.where, draft.from, draft.until]).toEqual(['zone', '2026-11-21T14:05', '2026-12-01T01:00'])
  expect(grantErrors(draft, VIENNA)).toEqual({})
  const { user_id, group_id, role_id, zone_id, camera_id, valid_from, valid_until, hours } = given
  expect(grantBody(draft, VIENNA)).toEqual({
    user_id,
    group_id,
    role_id,
    zone_id,
    camera_id,
    valid_from,
    valid_until,
    hours,
  })
})

test('what was typed for another choice is not sent', () => {
  const draft = { ...emptyGrant(VIENNA), subject: { group: 'g' }, role: 'r', zone: 'z', camera: 'c' }
  expect(grantBody(draft, VIENNA)).toMatchObject({
    group_id: 'g',
    user_id: null,
    zone_id: null,
    camera_id: null,
    hours: null,
  })
})

test('what is missing or wrong is said at its field', () => {
  expect(Object.keys(grantErrors(emptyGrant(VIENNA), VIENNA))).toEqual(['subject', 'role'])
  const draft = { ...emptyGrant(VIENNA), subject: { user: 'u' }, role: 'r' }
  expect(grantErrors({ ...draft, where: 'zone' }, VIENNA)).toHaveProperty('zone')
  expect(
    grantErrors({ ...draft, from: '2026-11-21T14:05', until: '2026-11-21T14:05' }, VIENNA),
  ).toHaveProperty('until')
  expect(grantErrors({ ...draft, hours: true, week: Array<string>(7).fill('') }, VIENNA).week).toMatch(
    /at least one/,
  )
  expect(grantErrors({ ...draft, hours: false, week: ['x', '', '', '', '', '', ''] }, VIENNA)).toEqual({})
})

test('when it counts, in words', () => {
  expect(whenWords(grant(), VIENNA, NOW)).toBe('always')
  expect(whenWords(grant({ valid_until: '2026-11-21T17:00:00Z' }), VIENNA, NOW)).toBe('until 18:00')
  expect(whenWords(grant({ hours: WORK }), VIENNA, NOW)).toBe('Mon–Fri 08:00–18:00')
  expect(whenWords(grant({ hours: WORK }), 'UTC', NOW)).toBe('Mon–Fri 08:00–18:00 (Europe/Vienna)')
})

test('why it does not count now', () => {
  const not = { in_force: false }
  expect(grantState(grant(), NOW).label).toBe('In force')
  expect(grantState(grant({ ...not, valid_until: '2026-11-20T00:00:00Z' }), NOW).label).toBe('Over')
  expect(grantState(grant({ ...not, valid_from: '2026-11-22T00:00:00Z' }), NOW).label).toBe('Not yet')
  expect(grantState(grant({ ...not, hours: WORK }), NOW).label).toBe('Not at this hour')
})
