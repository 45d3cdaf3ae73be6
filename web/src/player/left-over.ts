/** Pictures of a camera that is away: who connects is shown the last ones, which are not news. */

import type { StreamStatus } from '@/api/types'
import { serverClock } from './server-clock'

// Longer than a recorder is silent about a stream that flows.
const OLD_MS = 8_000

/** Since when nothing came, client clock, where the server says that the camera is away; else null. Pure but for clocks. */
export function awaySince(status: StreamStatus | null, now: number, clock = serverClock): number | null {
  if (!status?.last_frame_at || status.state === 'recording' || status.state === 'live') return null
  const ageMs = clock.at(now) - Date.parse(status.last_frame_at)
  return ageMs > OLD_MS ? now - ageMs : null
}
