/** Sign-in providers (OpenID Connect): shapes and what is read of them. */

import { queryOptions } from '@tanstack/react-query'
import { api, type Versioned } from './client'
import type { components } from './schema'
import type { Page } from './types'

type Schemas = components['schemas']

export type Provider = Schemas['Provider']
export type ProviderCreate = Schemas['ProviderCreate']
export type ProviderPatch = Schemas['ProviderPatch']
export type Mapping = Schemas['Mapping']
export type NewUsers = Provider['new_users']
export type ProviderTest = Schemas['TestResult']
export type Identity = Schemas['IdentityOut']
export type OfferedProvider = Schemas['OfferedProvider']

const PROVIDERS = ['oidc-providers'] as const

export const oidcKeys = { all: PROVIDERS, identities: ['identities'] as const }

export const providersQuery = queryOptions({
  queryKey: PROVIDERS,
  queryFn: async ({ signal }) => (await api.get<Page<Provider>>('/oidc-providers', { signal })).items,
})

export const providerQuery = (id: string) =>
  queryOptions({
    queryKey: [...PROVIDERS, id] as const,
    queryFn: ({ signal }): Promise<Versioned<Provider>> =>
      api.getVersioned(`/oidc-providers/${id}`, { signal }),
    staleTime: 0,
    // What is being edited is not exchanged because another window was looked at.
    refetchOnWindowFocus: false,
  })

/** The buttons of the login page. */
export const offeredQuery = queryOptions({
  queryKey: ['offered-providers'] as const,
  queryFn: async ({ signal }) =>
    (await api.get<{ items: OfferedProvider[] }>('/auth/oidc', { signal })).items,
})

export const identitiesQuery = queryOptions({
  queryKey: oidcKeys.identities,
  queryFn: async ({ signal }) => (await api.get<{ items: Identity[] }>('/auth/identities', { signal })).items,
})

/** Groups, roles and zones, for what a provider's groups can mean here. */
export const targetsQuery = queryOptions({
  queryKey: ['oidc-targets'] as const,
  queryFn: async ({ signal }) => {
    const named = async (path: string) =>
      (await api.get<Page<{ id: string; name: string }>>(path, { signal })).items.map(({ id, name }) => ({
        id,
        name,
      }))
    const [groups, roles, zones] = await Promise.all([named('/groups'), named('/roles'), named('/zones')])
    return { groups, roles, zones }
  },
})

export type Targets = Awaited<ReturnType<NonNullable<typeof targetsQuery.queryFn>>>
