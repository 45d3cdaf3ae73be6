/**
 * What a live player asks the server for: a stream as the camera sends it, or converted. What this browser can't decode is
 * asked for as H.264; where the server can't convert any more, the sub-stream is shown. Pure.
 */

import type { StreamKind } from '@/api/types'

/** As the API calls them; `h264` is as large as the camera's picture. */
export type Quality = 'h264' | '1440p' | '1080p' | '720p' | '480p' | '360p'

/** What people choose from, by the shorter side of the picture. */
const RUNGS: readonly Quality[] = ['1440p', '1080p', '720p', '480p', '360p']

export interface Asking {
  stream: StreamKind
  quality: Quality | null
  /** Why it is not what was wanted, for a person; empty when it is. */
  why: string
  /** The server has said that it can't convert (now): it is not asked again for this picture. */
  refused: boolean
}

export function asking(stream: StreamKind, quality: Quality | null): Asking {
  return { stream, quality, why: '', refused: false }
}

/** After a stream came that this browser can't decode; null when nothing else is to be had. */
export function afterUnsupported(was: Asking): Asking | null {
  if (was.quality !== null || was.refused) return null
  return { ...was, quality: 'h264', why: 'Converted for this browser' }
}

/** After the server refused to convert, with its reason; null when nothing else is to be had. */
export function afterRefusal(was: Asking, reason: string): Asking | null {
  if (was.quality === null) return null
  // A smaller picture was wanted: the sub-stream is that, and the camera's own is what this browser may not play.
  if (was.stream === 'main') return { stream: 'sub', quality: null, why: reason, refused: true }
  return null
}

/** The qualities that make this picture smaller. */
export function menuOf(width: number | null | undefined, height: number | null | undefined): Quality[] {
  if (!width || !height) return []
  const short = Math.min(width, height)
  return RUNGS.filter((rung) => Number.parseInt(rung) < short)
}
