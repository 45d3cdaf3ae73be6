import { api } from '@/api/client'
import type { Page, Recording } from '@/api/types'

/** The first instant at or after `at` with footage; null when there is none until now. */
export async function findNextFootage(camera: string, at: number): Promise<number | null> {
  const page = await api.get<Page<Recording>>('/recordings', {
    query: {
      camera_id: camera,
      stream: 'main',
      start: new Date(at).toISOString(),
      end: new Date().toISOString(),
      limit: 1,
    },
  })
  const first = page.items[0]
  return first ? Math.max(at, Date.parse(first.start)) : null
}

/** The recording that holds `at`; null where there is none. */
export async function recordingAt(camera: string, at: number): Promise<Recording | null> {
  const page = await api.get<Page<Recording>>('/recordings', {
    query: {
      camera_id: camera,
      stream: 'main',
      start: new Date(at).toISOString(),
      end: new Date(at + 1).toISOString(),
      limit: 1,
    },
  })
  return page.items[0] ?? null
}
