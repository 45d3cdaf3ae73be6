import { describe, expect, it } from 'vitest'
import type { Provider } from '@/api/oidc'
import { draftOf, EMPTY, mappingsOf, slugOf, toCreate, toPatch, unfinished } from './draft'

const stored: Provider = {
  id: '1',
  slug: 'kc',
  name: 'Keycloak',
  issuer: 'https://id.example',
  client_id: 'vedette',
  has_client_secret: true,
  scopes: 'openid profile email',
  groups_claim: 'groups',
  username_claim: 'preferred_username',
  new_users: 'mapped',
  required_acr: '',
  required_amr: '',
  enabled: true,
  session_hours: 12,
  mappings: [
    { value: 'staff', group_id: null, group: null, role_id: 'r', role: 'viewer', zone_id: 'z', zone: 'Yard' },
  ],
  redirect_url: 'https://nvr.example/api/v1/auth/oidc/kc/callback',
  people: 0,
  created_at: '2026-11-21T00:00:00Z',
  updated_at: '2026-11-21T00:00:00Z',
}

describe('a provider’s draft', () => {
  it('sends nothing that was not changed, and no secret that was not typed', () => {
    expect(toPatch(draftOf(stored), stored)).toEqual({})
    expect(toPatch({ ...draftOf(stored), client_secret: 'x', name: 'KC' }, stored)).toEqual({
      client_secret: 'x',
      name: 'KC',
    })
  })
  it('sends all mappings when one changed', () => {
    const draft = draftOf(stored)
    const more = [...draft.mappings, { key: 9, value: ' boss ', target: 'group:g', zone: 'z' }]
    expect(toPatch({ ...draft, mappings: more }, stored).mappings).toEqual([
      { value: 'staff', group_id: null, role_id: 'r', zone_id: 'z' },
      { value: 'boss', group_id: 'g', role_id: null, zone_id: null },
    ])
  })
  it('knows a row that is not finished', () => {
    expect(unfinished([{ key: 1, value: 'staff', target: '', zone: '' }])).toBe(true)
    expect(mappingsOf([{ key: 1, value: ' ', target: 'role:r', zone: '' }])).toEqual([])
  })
  it('makes a public client where no secret is given', () => {
    expect(toCreate({ ...EMPTY, slug: 'a' }).client_secret).toBeNull()
  })
  it.each([
    ['Our Keycloak', 'our-keycloak'],
    ['  Ätsch! ', 'atsch'],
    ['日本', ''],
  ])('%s has the address %s', (name, slug) => {
    expect(slugOf(name)).toBe(slug)
  })
})
