import { api } from '@/api/client'
import type { InstantFootage, StreamKind } from '@/api/types'
import type { GapInfo, Locate } from '@/player/vod/vod-player'
import { causeLook } from '@/timeline/causes'
import { sentences } from '@/words/format'

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
    previous: found.previous_footage_end ? Date.parse(found.previous_footage_end) : null,
    pending: found.pending,
    gap: found.gap
      ? { ...found.gap, start: Date.parse(found.gap.start), end: Date.parse(found.gap.end) }
      : missing(found, at),
  }
}

/** Footage that was recorded and can't be had, as a gap. */
function missing({ unavailable, start, next_footage_at: next }: InstantFootage, at: number): GapInfo | null {
  if (!unavailable) return null
  return {
    start: start ? Date.parse(start) : at,
    end: next ? Date.parse(next) : at,
    cause: unavailable.code,
    // Which volume it is says the server; of a file the player's own words say as much, with the zone's time.
    detail:
      unavailable.code === 'volume.unreachable'
        ? unavailable.detail
        : sentences(causeLook(unavailable.code).text) +
          (unavailable.place ? ` Its file: ${unavailable.place}` : ''),
  }
}
