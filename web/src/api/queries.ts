/** What is read from the API, under which key it is cached, and for how long it counts as fresh. */

import { queryOptions, type QueryClient } from '@tanstack/react-query'
import { api, type Versioned } from './client'
import { allPages } from './pages'
import type {
  Addresses,
  Calendar,
  Camera,
  Coverage,
  CoverageDays,
  HealthSeries,
  Page,
  Recording,
  RemovedCamera,
  StorageStats,
  System,
} from './types'

export const keys = {
  system: ['system'] as const,
  encoders: ['encoders'] as const,
  cameras: ['cameras'] as const,
  removed: ['removed-cameras'] as const,
  camera: (id: string) => ['camera', id] as const,
  health: (id: string, range: HealthRange) => ['health', id, range] as const,
  addresses: (id: string) => ['addresses', id] as const,
  storage: ['storage'] as const,
  coverage: ['coverage'] as const,
  calendar: ['calendar'] as const,
  recordings: ['recordings'] as const,
}

export type HealthRange = 'hour' | 'day' | 'week'

export const systemQuery = queryOptions({
  queryKey: keys.system,
  queryFn: ({ signal }) => api.get<System>('/system', { signal }),
  refetchInterval: 30_000,
})

export const camerasQuery = queryOptions({
  queryKey: keys.cameras,
  queryFn: ({ signal }) => allPages<Camera>('/cameras', {}, signal),
  // The event socket keeps the list current; this only catches what a lost event left behind.
  refetchInterval: 60_000,
})

/** Deleted cameras, which may have footage. */
export const removedQuery = queryOptions({
  queryKey: keys.removed,
  queryFn: async ({ signal }) => (await api.get<Page<RemovedCamera>>('/removed-cameras', { signal })).items,
})

/** One camera with the version that an edit must name. */
export const cameraQuery = (id: string) =>
  queryOptions({
    queryKey: keys.camera(id),
    queryFn: ({ signal }): Promise<Versioned<Camera>> => api.getVersioned(`/cameras/${id}`, { signal }),
    staleTime: 0,
  })

/** Under which addresses other programs take a camera from here. */
export const addressesQuery = (id: string) =>
  queryOptions({
    queryKey: keys.addresses(id),
    queryFn: ({ signal }) => api.get<Addresses>(`/live/${id}/addresses`, { signal }),
  })

export const healthQuery = (id: string, range: HealthRange) =>
  queryOptions({
    queryKey: keys.health(id, range),
    queryFn: ({ signal }) => api.get<HealthSeries>(`/cameras/${id}/health`, { query: { range }, signal }),
    refetchInterval: 60_000,
  })

export const storageQuery = queryOptions({
  queryKey: keys.storage,
  queryFn: ({ signal }) => api.get<StorageStats>('/storage/stats', { signal }),
  refetchInterval: 30_000,
})

export interface CoverageAsk {
  cameras: readonly string[]
  start: number
  end: number
  resolutionMs: number
}

export const coverageQuery = (ask: CoverageAsk) =>
  queryOptions({
    queryKey: [...keys.coverage, ask] as const,
    queryFn: ({ signal }) => fetchCoverage(ask, signal),
  })

export function fetchCoverage(ask: CoverageAsk, signal?: AbortSignal): Promise<Coverage> {
  return api.get<Coverage>('/coverage', {
    query: {
      camera_id: ask.cameras,
      stream: 'main',
      start: new Date(ask.start).toISOString(),
      end: new Date(ask.end).toISOString(),
      resolution_ms: Math.max(1, Math.round(ask.resolutionMs)),
    },
    ...(signal ? { signal } : {}),
  })
}

/** How much of each day of a month is recorded; `month` is `2026-11`. */
export function fetchCoverageDays(
  cameras: readonly string[],
  month: string,
  timezone: string,
  signal?: AbortSignal,
): Promise<CoverageDays> {
  return api.get<CoverageDays>('/coverage/days', {
    query: { camera_id: cameras, stream: 'main', month, timezone },
    ...(signal ? { signal } : {}),
  })
}

/** `month` is `2026-11`. */
export const calendarQuery = (camera: string, month: string, timezone: string) =>
  queryOptions({
    queryKey: [...keys.calendar, camera, month, timezone] as const,
    queryFn: ({ signal }) =>
      api.get<Calendar>('/calendar', { query: { camera_id: camera, month, timezone }, signal }),
  })

export const recordingsQuery = (ask: { camera: string; start: number; end: number; limit?: number }) =>
  queryOptions({
    queryKey: [...keys.recordings, ask] as const,
    queryFn: ({ signal }) =>
      api.get<Page<Recording>>('/recordings', {
        query: {
          camera_id: ask.camera,
          stream: 'main',
          start: new Date(ask.start).toISOString(),
          end: new Date(ask.end).toISOString(),
          limit: ask.limit ?? 50,
        },
        signal,
      }),
  })

/** After an edit of a camera: everything that shows it. */
export async function camerasChanged(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: keys.cameras }),
    client.invalidateQueries({ queryKey: keys.removed }),
    client.invalidateQueries({ queryKey: ['camera'] }),
    client.invalidateQueries({ queryKey: keys.system }),
    client.invalidateQueries({ queryKey: keys.storage }),
  ])
}
