/** What people noted of footage: shapes and what is read of them. */

import { infiniteQueryOptions, keepPreviousData, queryOptions, type QueryClient } from '@tanstack/react-query'
import { api } from './client'
import { allPages } from './pages'
import type { components } from './schema'
import type { Page } from './types'

type Schemas = components['schemas']

export type Bookmark = Schemas['Bookmark']

const BOOKMARKS = ['bookmarks'] as const

/** All bookmarks that touch a span, of every camera whose footage one may see. */
export const bookmarksBetween = (start: number, end: number) =>
  queryOptions({
    queryKey: [...BOOKMARKS, 'between', start, end],
    queryFn: ({ signal }) =>
      allPages<Bookmark>(
        '/bookmarks',
        { start: new Date(start).toISOString(), end: new Date(end).toISOString() },
        signal,
      ),
    refetchInterval: 60_000,
    // Until the next window is there, the one before goes on.
    placeholderData: keepPreviousData,
  })

/** The bookmarks of one camera or of all, page by page, the newest footage first. */
export const bookmarkPages = (camera: string | null) =>
  infiniteQueryOptions({
    queryKey: [...BOOKMARKS, 'list', camera],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Bookmark>>('/bookmarks', {
        query: { ...(camera ? { camera_id: camera } : {}), limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })

export const createBookmark = (body: {
  camera_id: string
  start: string
  end: string
  title: string
  note: string
}) => api.post<Bookmark>('/bookmarks', { body })

export const changeBookmark = (id: string, body: { title: string; note: string }) =>
  api.patch<Bookmark>(`/bookmarks/${id}`, { body })

export const deleteBookmark = (id: string) => api.delete(`/bookmarks/${id}`)

export const bookmarksChanged = (client: QueryClient) => client.invalidateQueries({ queryKey: BOOKMARKS })
