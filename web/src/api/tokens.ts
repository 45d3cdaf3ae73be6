/** API tokens: shapes and what is read of them. */

import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import { allPages } from './pages'
import type { components } from './schema'

type Schemas = components['schemas']

export type ApiToken = Schemas['ApiToken']
export type ApiTokenMade = Schemas['ApiTokenMade']
export type ApiTokenCreate = Schemas['ApiTokenCreate']
export type ApiTokenPatch = Schemas['ApiTokenPatch']
export type TokenUse = Schemas['TokenUse']

export const TOKENS = ['api-tokens'] as const

/** One's own tokens, or those of everybody; revoked ones too when asked for. */
export const tokensQuery = (everybody: boolean, revoked: boolean) =>
  queryOptions({
    queryKey: [...TOKENS, 'list', everybody, revoked] as const,
    queryFn: ({ signal }) => allPages<ApiToken>('/api-tokens', { everybody, revoked }, signal),
    refetchInterval: 60_000,
  })

export const tokenQuery = (id: string) =>
  queryOptions({
    queryKey: [...TOKENS, 'one', id] as const,
    queryFn: ({ signal }) => api.get<ApiToken>(`/api-tokens/${id}`, { signal }),
  })

export const tokenUsageQuery = (id: string, days: number) =>
  queryOptions({
    queryKey: [...TOKENS, 'usage', id, days] as const,
    queryFn: async ({ signal }) =>
      (await api.get<{ items: TokenUse[] }>(`/api-tokens/${id}/usage`, { query: { days }, signal })).items,
  })
