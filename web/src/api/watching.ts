/** Who watches live, and who did: shapes and what is read of them. */

import { infiniteQueryOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import { address, api } from './client'
import { allPages } from './pages'
import type { components } from './schema'
import type { Page, StreamKind } from './types'

type Schemas = components['schemas']

export type LiveView = Schemas['LiveSessionOut']
export type PastView = Schemas['LivePastOut']
export type ViewSum = Schemas['LiveSumOut']

/** Under the names of the API; `user` is an id or a part of the name. */
export interface ViewFilter {
  camera?: string
  user?: string
}

/** RFC 3339. */
export interface Span {
  from: string
  to: string
}

const WATCHING = ['watching'] as const

export const goingQuery = (filter: ViewFilter) =>
  queryOptions({
    queryKey: [...WATCHING, 'now', filter] as const,
    queryFn: ({ signal }) => allPages<LiveView>('/live/sessions', { ...filter }, signal),
    refetchInterval: 3_000,
    placeholderData: (before) => before,
  })

/** What a stream can be converted to, and whether there is room for one more conversion. */
export const qualitiesQuery = (camera: string, stream: StreamKind) =>
  queryOptions({
    queryKey: [...WATCHING, 'qualities', camera, stream] as const,
    queryFn: ({ signal }) =>
      api.get<Schemas['QualitiesOut']>(`/live/${encodeURIComponent(camera)}/qualities`, {
        query: { stream },
        signal,
      }),
    staleTime: 2_000,
  })

/** How many watch each camera that anybody watches. */
export const viewersQuery = queryOptions({
  queryKey: [...WATCHING, 'counts'] as const,
  queryFn: async ({ signal }) => {
    const { items } = await api.get<Schemas['LiveWatchedListOut']>('/live/viewers', { signal })
    return Object.fromEntries(items.map(({ camera_id, viewers }) => [camera_id, viewers]))
  },
  refetchInterval: 5_000,
})

export const pastQuery = (filter: ViewFilter, span: Span) =>
  infiniteQueryOptions({
    queryKey: [...WATCHING, 'past', filter, span] as const,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<PastView>>('/live/history', {
        query: { ...filter, ...span, limit: 100, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<PastView>) => page.next,
    refetchOnWindowFocus: false,
  })

export const sumsQuery = (filter: ViewFilter, span: Span, step: 'hour' | 'day', timezone: string) =>
  queryOptions({
    queryKey: [...WATCHING, 'sums', filter, span, step, timezone] as const,
    queryFn: async ({ signal }) => {
      const query = { ...filter, ...span, step, timezone }
      return (await api.get<Schemas['LiveSumsOut']>('/live/history/sums', { query, signal })).items
    },
    refetchOnWindowFocus: false,
  })

/** The address of the past as a file. */
export function pastExport(filter: ViewFilter, span: Span): string {
  return address('/live/history/export', { ...filter, ...span })
}

export async function endView(client: QueryClient, id: string): Promise<void> {
  await api.delete(`/live/sessions/${id}`)
  await client.invalidateQueries({ queryKey: WATCHING })
}
