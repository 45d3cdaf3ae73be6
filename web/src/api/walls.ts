/** Saved layouts of the Live page: shapes and what is read of them. */

import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { api, type Versioned } from './client'
import { allPages } from './pages'
import type { components } from './schema'
import type { Page } from './types'

type Schemas = components['schemas']

export type Wall = Schemas['Wall']
export type WallBody = Omit<Schemas['WallPatch'], 'name' | 'shared_with'>
export type WallZone = Schemas['WallZone']
export type WallRole = Schemas['WallRole']
export type Layout = Wall['layout']
export type TileStream = NonNullable<Schemas['WallTile']['stream']>

const WALLS = ['walls'] as const

export const wallsQuery = queryOptions({
  queryKey: [...WALLS, 'all'],
  queryFn: async ({ signal }) =>
    (await allPages<Wall>('/walls', {}, signal)).sort((a, b) => a.name.localeCompare(b.name)),
})

/** One wall with the version that an edit must name. */
export const readWall = (id: string, signal?: AbortSignal): Promise<Versioned<Wall>> =>
  api.getVersioned<Wall>(`/walls/${id}`, signal ? { signal } : {})

/** The same, kept. A screen that shows it follows its changes. */
export const wallQuery = (id: string) =>
  queryOptions({
    queryKey: [...WALLS, 'one', id],
    queryFn: ({ signal }) => readWall(id, signal),
    refetchInterval: 30_000,
  })

/** Zones with the cameras in them that one may see. */
export const wallZonesQuery = queryOptions({
  queryKey: [...WALLS, 'zones'],
  queryFn: async ({ signal }) => (await api.get<Page<WallZone>>('/walls/zones', { signal })).items,
  refetchInterval: 60_000,
})

export const wallRolesQuery = queryOptions({
  queryKey: [...WALLS, 'roles'],
  queryFn: async ({ signal }) => (await api.get<Page<WallRole>>('/walls/roles', { signal })).items,
})

export const createWall = (body: WallBody & { name: string }) => api.post<Wall>('/walls', { body })

export const changeWall = (
  id: string,
  body: WallBody & { name?: string; shared_with?: string[] },
  ifMatch: string | null,
) => api.patch<Wall>(`/walls/${id}`, { body, ifMatch })

export const deleteWall = (id: string) => api.delete(`/walls/${id}`)

export async function wallsChanged(client: QueryClient): Promise<void> {
  await client.invalidateQueries({ queryKey: WALLS })
}
