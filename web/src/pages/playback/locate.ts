import { api } from '@/api/client'
import type { InstantFootage, StreamKind } from '@/api/types'
import type { Locate } from '@/player/vod/vod-player'

/** Which footage shows an instant. */
export function footageAt(camera: string, stream: StreamKind, at: number): Promise<InstantFootage> {
  return api.get<InstantFootage>(`/playback/${camera}/at`, {
    query: { t: new Date(at).toISOString(), stream },
  })
}

export const locate: Locate = async (camera, stream, at) => {
  const found = await footageAt(camera, stream, at)
  return {
    recorded: found.segment_id !== null,
    next: found.next_footage_at ? Date.parse(found.next_footage_at) : null,
    pending: found.pending,
    gap: found.gap && { ...found.gap, start: Date.parse(found.gap.start), end: Date.parse(found.gap.end) },
  }
}
