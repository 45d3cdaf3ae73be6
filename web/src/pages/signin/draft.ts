/** What is edited of a sign-in provider, and what of it is sent. Pure. */

import type { Mapping, NewUsers, Provider, ProviderCreate, ProviderPatch } from '@/api/oidc'

/** A row of the mapping editor: `target` is `group:ID` or `role:ID`, `zone` an id or empty for everywhere. */
export interface MappingDraft {
  key: number
  value: string
  target: string
  zone: string
}

export interface ProviderDraft {
  slug: string
  name: string
  issuer: string
  client_id: string
  /** Empty: as it is. */
  client_secret: string
  scopes: string
  groups_claim: string
  username_claim: string
  new_users: NewUsers
  required_acr: string
  required_amr: string
  enabled: boolean
  session_hours: number
  mappings: MappingDraft[]
}

export const EMPTY: ProviderDraft = {
  slug: '',
  name: '',
  issuer: '',
  client_id: '',
  client_secret: '',
  scopes: 'openid profile email',
  groups_claim: 'groups',
  username_claim: 'preferred_username',
  new_users: 'mapped',
  required_acr: '',
  required_amr: '',
  enabled: true,
  session_hours: 12,
  mappings: [],
}

/** As it is stored. The secret is never shown, so that field is empty. */
export function draftOf(provider: Provider): ProviderDraft {
  return {
    slug: provider.slug,
    name: provider.name,
    issuer: provider.issuer,
    client_id: provider.client_id,
    client_secret: '',
    scopes: provider.scopes,
    groups_claim: provider.groups_claim,
    username_claim: provider.username_claim,
    new_users: provider.new_users,
    required_acr: provider.required_acr,
    required_amr: provider.required_amr,
    enabled: provider.enabled,
    session_hours: provider.session_hours,
    mappings: provider.mappings.map((one, key) => ({
      key,
      value: one.value,
      target: one.group_id ? `group:${one.group_id}` : `role:${one.role_id ?? ''}`,
      zone: one.zone_id ?? '',
    })),
  }
}

/** The rows that are whole; one without a value or a target is not sent. */
export function mappingsOf(rows: MappingDraft[]): Mapping[] {
  return rows.flatMap(({ value, target, zone }): Mapping[] => {
    const [kind, id] = target.split(':')
    if (!value.trim() || !id) return []
    const role = kind === 'role'
    return [
      {
        value: value.trim(),
        group_id: role ? null : id,
        role_id: role ? id : null,
        zone_id: role && zone ? zone : null,
      },
    ]
  })
}

/** Whether a row was begun and not finished. */
export function unfinished(rows: MappingDraft[]): boolean {
  return mappingsOf(rows).length < rows.length
}

export function toCreate({ client_secret, mappings, ...rest }: ProviderDraft): ProviderCreate {
  return { ...rest, client_secret: client_secret || null, mappings: mappingsOf(mappings) }
}

const PLAIN = [
  'name',
  'issuer',
  'client_id',
  'scopes',
  'groups_claim',
  'username_claim',
  'new_users',
  'required_acr',
  'required_amr',
  'enabled',
  'session_hours',
] as const

/** What differs from what is stored. */
export function toPatch(draft: ProviderDraft, stored: Provider): ProviderPatch {
  const before = draftOf(stored)
  const patch: ProviderPatch = {}
  for (const name of PLAIN) if (draft[name] !== before[name]) Object.assign(patch, { [name]: draft[name] })
  if (draft.client_secret) patch.client_secret = draft.client_secret
  const mappings = mappingsOf(draft.mappings)
  if (JSON.stringify(mappings) !== JSON.stringify(mappingsOf(before.mappings))) patch.mappings = mappings
  return patch
}

/** A part of an address out of a name: `Our Keycloak` is `our-keycloak`. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')
}
