/** Live views in words. Pure. */

import type { LiveView, PastView } from '@/api/watching'
import { bitrate, count } from '@/words/format'

type View = LiveView | PastView

const TRANSPORTS: Record<View['transport'], string> = {
  mse: 'Player',
  wall: 'Wall',
  hls: 'HLS',
  whep: 'WebRTC',
  rtsp: 'RTSP',
  mjpeg: 'MJPEG',
}

export function transportWords(transport: View['transport']): string {
  return TRANSPORTS[transport]
}

/** `Main stream`, `Sub-stream`, and what it is converted to. */
export function qualityWords({ stream, quality }: Pick<View, 'stream' | 'quality'>): string {
  const name = stream === 'sub' ? 'Sub-stream' : 'Main stream'
  if (quality === '') return name
  return quality === 'h264' ? `${name}, converted` : `${name}, ${quality}`
}

const ENDS: Record<PastView['end_reason'], string> = {
  '': 'They left',
  own: 'Ended by themselves from another place',
  administrator: 'Ended by an administrator',
  camera: 'The camera was switched off',
  access: 'They lost the permission',
}

/** Why a view ended. What a server that stopped has left may have gone on for longer. */
export function endWords({ end_reason, exact }: Pick<PastView, 'end_reason' | 'exact'>): string {
  return exact ? ENDS[end_reason] : 'The server stopped; it may have ended later'
}

export function stallWords(stalls: number | null): string {
  return stalls === null ? 'not told' : stalls === 0 ? 'none' : stalls.toLocaleString('en-GB')
}

export function latencyWords(ms: number | null): string {
  return ms === null ? 'not told' : ms < 10_000 ? `${ms} ms` : `${Math.round(ms / 1000)} s`
}

/** `5 views by 2 people, 12.4 Mb/s`. */
export function summary(views: readonly LiveView[]): string {
  if (views.length === 0) return 'Nobody'
  const people = new Set(views.map(({ viewer }) => viewer.id ?? viewer.name)).size
  const rate = views.reduce((sum, { bytes_per_s }) => sum + bytes_per_s * 8, 0)
  return `${count(views.length, 'view')} by ${count(people, 'person', 'people')}, ${bitrate(rate)}`
}
