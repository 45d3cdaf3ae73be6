import { describe, expect, test } from 'vitest'
import type { KnownPermission } from '@/api/people'
import type { ApiToken } from '@/api/tokens'
import type { Me } from '@/api/types'
import { bodyOf, changesOf, draftOf, NEW_TOKEN, offered, tokenErrors, zonesOfMine } from './draft'
import { placesWords } from './words'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const ZONE = 'Europe/Vienna'

const token: ApiToken = {
  id: 't',
  user_id: 'u',
  username: 'anna',
  name: 'door panel',
  hint: 'vdt_abc',
  state: 'active',
  permissions: ['live.view', 'camera.view'],
  cameras: ['gate'],
  zones: null,
  networks: ['192.0.2.0/24'],
  expires_at: '2026-12-01T11:00:00Z',
  created_at: '2026-11-01T00:00:00Z',
  last_used_at: null,
  last_address: null,
  revoked_at: null,
}

describe('a new token', () => {
  const draft = { ...NEW_TOKEN, name: ' panel ', permissions: ['live.view' as const] }
  test.each([
    ['90', '2027-02-19T12:00:00.000Z'],
    ['365', '2027-11-21T12:00:00.000Z'],
    ['never', null],
    ['day', '2026-12-24T17:00:00.000Z'],
  ])('good for %s', (term, end) => {
    const body = bodyOf({ ...draft, term, day: '2026-12-24T18:00' }, ZONE, NOW)
    expect(body).toEqual({
      name: 'panel',
      permissions: ['live.view'],
      cameras: null,
      zones: null,
      networks: null,
      expires_at: end,
    })
  })
  test('is for what was chosen, only while it is limited', () => {
    const chosen = { ...draft, cameras: ['gate'], zones: ['front'], networks: '192.0.2.1 ::1' }
    expect(bodyOf({ ...chosen, limited: true }, ZONE, NOW)).toMatchObject({
      cameras: ['gate'],
      zones: ['front'],
      networks: ['192.0.2.1', '::1'],
    })
    expect(bodyOf(chosen, ZONE, NOW)).toMatchObject({ cameras: null, zones: null })
    expect(bodyOf({ ...chosen, limited: true, cameras: [] }, ZONE, NOW)).toMatchObject({
      cameras: null,
      zones: ['front'],
    })
  })
  test('says what is missing', () => {
    expect(Object.keys(tokenErrors(NEW_TOKEN, ZONE))).toEqual(['name', 'permissions'])
    expect(tokenErrors(draft, ZONE)).toEqual({})
    expect(Object.keys(tokenErrors({ ...draft, limited: true, term: 'day', networks: 'x' }, ZONE))).toEqual([
      'places',
      'networks',
      'day',
    ])
    expect(tokenErrors({ ...draft, limited: true, zones: ['front'] }, ZONE)).toEqual({})
  })
})

describe('a token that is changed', () => {
  const draft = draftOf(token, ZONE)
  test('begins as it is', () => {
    expect(draft).toMatchObject({
      limited: true,
      networks: '192.0.2.0/24',
      term: 'keep',
      day: '2026-12-01T12:00',
    })
    expect(changesOf(token, draft, ZONE, NOW)).toEqual({})
    expect(changesOf(token, { ...draft, permissions: ['camera.view', 'live.view'] }, ZONE, NOW)).toEqual({})
  })
  test.each([
    [{ name: 'panel' }, { name: 'panel' }],
    [{ permissions: ['live.view' as const] }, { permissions: ['live.view'] }],
    [{ limited: false }, { cameras: null }],
    [
      { cameras: [], zones: ['front'] },
      { cameras: null, zones: ['front'] },
    ],
    [{ networks: '' }, { networks: null }],
    [{ term: 'never' }, { expires_at: null }],
    [{ term: '30' }, { expires_at: '2026-12-21T12:00:00.000Z' }],
  ])('%o', (change, expected) => {
    expect(changesOf(token, { ...draft, ...change }, ZONE, NOW)).toEqual(expected)
  })
})

test('what a program can have and one may do oneself is offered, and what the token has', () => {
  const known = (name: string, more: Partial<KnownPermission> = {}): KnownPermission => ({
    name: name as KnownPermission['name'],
    of_a_camera: true,
    implies: [],
    for_tokens: true,
    used: true,
    ...more,
  })
  const all = [
    known('live.view'),
    known('ptz.control', { used: false }),
    known('share.create', { for_tokens: false }),
    known('camera.edit'),
  ]
  const names = (token?: Pick<ApiToken, 'permissions'>) =>
    offered(all, (name) => name !== 'camera.edit', token).map(({ name }) => name)
  expect(names()).toEqual(['live.view'])
  expect(names({ permissions: ['share.create', 'camera.edit'] })).toEqual([
    'live.view',
    'share.create',
    'camera.edit',
  ])
})

test('zones are those that one was granted something in, and all for who reads them', () => {
  const grant = (zone: string | null, zone_id: string | null) => ({ zone, zone_id }) as Me['grants'][number]
  const mine = [grant('Yard', 'y'), grant(null, null), grant('Yard', 'y')]
  expect(zonesOfMine(mine)).toEqual([{ id: 'y', name: 'Yard' }])
  expect(zonesOfMine(mine, [{ id: 'f', name: 'Front' }]).map(({ name }) => name)).toEqual(['Front', 'Yard'])
})

test('where a token is good is said by names that one may know', () => {
  const names = new Map([
    ['gate', 'Gate'],
    ['f', 'Front'],
  ])
  const said = (cameras: string[] | null, zones: string[] | null) =>
    placesWords(
      { cameras, zones },
      (id) => names.get(id),
      (id) => names.get(id),
    )
  expect(said(null, null)).toBe('all that its owner may see')
  expect(said(['gate', 'x'], ['f', 'y'])).toBe('Gate, a camera, all in Front, all in a zone')
})
