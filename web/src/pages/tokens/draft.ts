/** A token while it is made or changed. Pure. */

import type { KnownPermission, Permission } from '@/api/people'
import type { ApiToken, ApiTokenCreate, ApiTokenPatch } from '@/api/tokens'
import type { Me } from '@/api/types'
import { fromLocal, toLocal } from '@/words/local-time'
import { DAY } from '@/words/zone'
import { parseNetworks, wrongNetwork } from './networks'

export interface TokenDraft {
  name: string
  permissions: Permission[]
  /** Only for some cameras. */
  limited: boolean
  cameras: string[]
  zones: string[]
  /** As they are typed. */
  networks: string
  /** A number of days, `day`, `never`, or `keep` for the end that it has. */
  term: string
  /** The chosen day, as a field holds it. */
  day: string
}

export const NEW_TOKEN: TokenDraft = {
  name: '',
  permissions: [],
  limited: false,
  cameras: [],
  zones: [],
  networks: '',
  term: '90',
  day: '',
}

/** A new one; for a program that is to watch one camera with what that takes. */
export function newToken(camera?: string): TokenDraft {
  if (camera === undefined) return NEW_TOKEN
  return { ...NEW_TOKEN, permissions: ['camera.view', 'live.view'], limited: true, cameras: [camera] }
}

export const TERMS = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'a year' },
  { value: 'day', label: 'until a day that you choose' },
  { value: 'never', label: 'without an end' },
]

export function draftOf(token: ApiToken, zone: string): TokenDraft {
  return {
    name: token.name,
    permissions: [...token.permissions],
    limited: token.cameras !== null || token.zones !== null,
    cameras: token.cameras ?? [],
    zones: token.zones ?? [],
    networks: token.networks?.join(', ') ?? '',
    term: 'keep',
    day: token.expires_at ? toLocal(Date.parse(token.expires_at), zone) : '',
  }
}

export type TokenErrors = Partial<Record<'name' | 'permissions' | 'places' | 'networks' | 'day', string>>

export function tokenErrors(draft: TokenDraft, zone: string): TokenErrors {
  const errors: TokenErrors = {}
  if (!draft.name.trim()) errors.name = 'Give it a name: the program that uses it.'
  if (draft.permissions.length === 0) errors.permissions = 'Tick at least one permission.'
  if (draft.limited && draft.cameras.length + draft.zones.length === 0)
    errors.places = 'Choose at least one camera or zone.'
  const wrong = wrongNetwork(parseNetworks(draft.networks))
  if (wrong) errors.networks = wrong
  if (draft.term === 'day' && fromLocal(draft.day, zone) === null) errors.day = 'Choose the day.'
  return errors
}

/** What a new token is made with. */
export function bodyOf(draft: TokenDraft, zone: string, now: number): ApiTokenCreate {
  const networks = parseNetworks(draft.networks)
  return {
    name: draft.name.trim(),
    permissions: draft.permissions,
    cameras: draft.limited && draft.cameras.length > 0 ? draft.cameras : null,
    zones: draft.limited && draft.zones.length > 0 ? draft.zones : null,
    networks: networks.length > 0 ? networks : null,
    expires_at: endOf(draft, zone, now),
  }
}

/** What is another in the draft than in the token. */
export function changesOf(token: ApiToken, draft: TokenDraft, zone: string, now: number): ApiTokenPatch {
  const body = bodyOf(draft, zone, now)
  const before = bodyOf({ ...draftOf(token, zone), term: 'never' }, zone, now)
  const changes: ApiTokenPatch = {}
  if (body.name !== before.name) changes.name = body.name
  if (!alike(body.permissions, before.permissions)) changes.permissions = body.permissions
  if (!alike(body.cameras, before.cameras)) changes.cameras = body.cameras ?? null
  if (!alike(body.zones, before.zones)) changes.zones = body.zones ?? null
  if (!alike(body.networks, before.networks)) changes.networks = body.networks ?? null
  if (draft.term !== 'keep') changes.expires_at = body.expires_at ?? null
  return changes
}

function endOf({ term, day }: TokenDraft, zone: string, now: number): string | null {
  if (term === 'never' || term === 'keep') return null
  const end = term === 'day' ? fromLocal(day, zone) : now + Number(term) * DAY
  return end === null ? null : new Date(end).toISOString()
}

function alike(a: readonly string[] | null | undefined, b: readonly string[] | null | undefined): boolean {
  if (!a || !b) return !a && !b
  return a.length === b.length && a.every((one) => b.includes(one))
}

/** What can be ticked: what one may do oneself and a program can have, and what the token has already. */
export function offered(
  known: readonly KnownPermission[],
  may: (name: Permission) => boolean,
  token?: Pick<ApiToken, 'permissions'>,
): KnownPermission[] {
  return known.filter(
    (one) => token?.permissions.includes(one.name) || (one.for_tokens && one.used && may(one.name)),
  )
}

export interface NamedZone {
  id: string
  name: string
}

/** The zones that a token of mine can be for: those that I was granted something in, and all for who manages people. */
export function zonesOfMine(grants: Me['grants'], every: readonly NamedZone[] = []): NamedZone[] {
  const found = new Map<string, string>(every.map(({ id, name }) => [id, name]))
  for (const { zone, zone_id } of grants) if (zone !== null && zone_id !== null) found.set(zone_id, zone)
  return [...found]
    .map(([id, name]) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id))
}
