/** Users, groups, roles, zones and grants: shapes and what is read of them. */

import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { api, type Versioned } from './client'
import { allPages } from './pages'
import type { components } from './schema'
import type { Page, Permission } from './types'

export type { Permission }

type Schemas = components['schemas']

export type User = Schemas['User']
export type UserSession = Schemas['SessionOut']
export type UserPermissions = Schemas['UserPermissions']
export type Group = Schemas['Group']
export type Role = Schemas['Role']
export type Zone = Schemas['Zone']
export type Grant = Schemas['GrantOut']
export type GrantCreate = Schemas['GrantCreate']
export type KnownPermission = Schemas['PermissionOut']

/** Everything of them begins with this, so that one call renews what a change may have touched. */
const PEOPLE = 'people'

export const peopleKeys = {
  all: [PEOPLE] as const,
  users: [PEOPLE, 'users'] as const,
  user: (id: string) => [PEOPLE, 'user', id] as const,
  sessions: (id: string) => [PEOPLE, 'sessions', id] as const,
  permitted: (id: string) => [PEOPLE, 'permitted', id] as const,
  groups: [PEOPLE, 'groups'] as const,
  group: (id: string) => [PEOPLE, 'group', id] as const,
  roles: [PEOPLE, 'roles'] as const,
  role: (id: string) => [PEOPLE, 'role', id] as const,
  zones: [PEOPLE, 'zones'] as const,
  zone: (id: string) => [PEOPLE, 'zone', id] as const,
  grants: [PEOPLE, 'grants'] as const,
}

/** A page of users by name; `q` is looked for in names and addresses. */
export const usersPage = (q: string, cursor: string | null, signal: AbortSignal) =>
  api.get<Page<User>>('/users', { query: { q: q || null, limit: 100, cursor }, signal })

/** All users, for choosing among them. */
export const everyUserQuery = queryOptions({
  queryKey: [...peopleKeys.users, 'every'],
  queryFn: ({ signal }) => allPages<User>('/users', {}, signal),
})

const versioned = <T>(path: string, queryKey: readonly string[]) =>
  queryOptions({
    queryKey,
    queryFn: ({ signal }): Promise<Versioned<T>> => api.getVersioned<T>(path, { signal }),
    staleTime: 0,
    // What is being edited is not exchanged because another window was looked at.
    refetchOnWindowFocus: false,
  })

export const userQuery = (id: string) => versioned<User>(`/users/${id}`, peopleKeys.user(id))
export const groupQuery = (id: string) => versioned<Group>(`/groups/${id}`, peopleKeys.group(id))
export const roleQuery = (id: string) => versioned<Role>(`/roles/${id}`, peopleKeys.role(id))
export const zoneQuery = (id: string) => versioned<Zone>(`/zones/${id}`, peopleKeys.zone(id))

export const userSessionsQuery = (id: string) =>
  queryOptions({
    queryKey: peopleKeys.sessions(id),
    queryFn: async ({ signal }) =>
      (await api.get<{ items: UserSession[] }>(`/users/${id}/sessions`, { signal })).items,
    refetchInterval: 30_000,
  })

/** What a user may do at an instant; null is now. */
export const userPermissionsQuery = (id: string, at: number | null) =>
  queryOptions({
    queryKey: [...peopleKeys.permitted(id), at] as const,
    queryFn: ({ signal }) =>
      api.get<UserPermissions>(`/users/${id}/permissions`, {
        query: { at: at === null ? null : new Date(at).toISOString() },
        signal,
      }),
  })

export const groupsQuery = queryOptions({
  queryKey: peopleKeys.groups,
  queryFn: async ({ signal }) => (await api.get<Page<Group>>('/groups', { signal })).items,
})

export const rolesQuery = queryOptions({
  queryKey: peopleKeys.roles,
  queryFn: async ({ signal }) => (await api.get<Page<Role>>('/roles', { signal })).items,
})

export const zonesQuery = queryOptions({
  queryKey: peopleKeys.zones,
  queryFn: async ({ signal }) => (await api.get<Page<Zone>>('/zones', { signal })).items,
})

export const permissionsQuery = queryOptions({
  queryKey: ['permissions'] as const,
  queryFn: async ({ signal }) => (await api.get<Page<KnownPermission>>('/permissions', { signal })).items,
  staleTime: Infinity,
})

export type GrantFilter =
  { user_id: string; by_groups: true } | { group_id: string } | { role_id: string } | { zone_id: string }

export const grantsQuery = (filter: GrantFilter) =>
  queryOptions({
    queryKey: [...peopleKeys.grants, filter] as const,
    queryFn: ({ signal }) => allPages<Grant>('/grants', filter, signal),
  })

/** After a change: names, numbers and rights stand in many places. */
export async function peopleChanged(client: QueryClient): Promise<void> {
  await client.invalidateQueries({ queryKey: peopleKeys.all })
}
