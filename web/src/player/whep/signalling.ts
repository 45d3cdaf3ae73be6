/** The HTTP side of WHEP: an offer for an answer, and the end of a session. */

import { api, ApiError } from '@/api/client'
import { CLIENT_HEADER } from '@/access/client-header'
import type { StreamKind } from '@/api/types'
import type { Quality } from '../quality'
import { isEnd, isLimit } from '../refusal'
import { SESSION_HEADER } from '../report-http'

export interface Answer {
  sdp: string
  /** Where the session is ended. */
  session: string
  /** Id of the view, for reports. */
  view: string
  servers: RTCIceServer[]
  /** Why there is no sound, for a person; empty otherwise. */
  silent: string
  /** What the server converts the stream to: what was asked for, or what this browser needs. */
  quality: Quality | null
}

const SDP = 'application/sdp'

/** Raises ApiError. */
export async function offerTo(
  camera: string,
  stream: StreamKind,
  quality: Quality | null,
  ticket: string | null,
  sdp: string,
  signal: AbortSignal,
): Promise<Answer> {
  const path = `/live/${encodeURIComponent(camera)}/whep`
  const response = await api.exchange(path, {
    query: { stream, quality, ticket },
    content: { type: SDP, text: sdp },
    signal,
  })
  return {
    sdp: await response.text(),
    session: response.headers.get('Location') ?? '',
    view: response.headers.get(SESSION_HEADER) ?? '',
    servers: iceServers(response.headers.get('Link') ?? ''),
    silent: response.headers.get('X-Vedette-Silent') ?? '',
    quality: response.headers.get('X-Vedette-Quality') as Quality | null,
  }
}

/** Tells the server that nobody watches any more. It finds out by itself, only later. */
export function endSession(session: string, ticket: string | null): void {
  const query = ticket === null ? '' : `?ticket=${encodeURIComponent(ticket)}`
  void fetch(session + query, { method: 'DELETE', headers: CLIENT_HEADER, keepalive: true }).catch(
    () => undefined,
  )
}

/** The servers of `Link` headers with `rel="ice-server"`. */
export function iceServers(link: string): RTCIceServer[] {
  return [...link.matchAll(/<([^>]+)>((?:\s*;\s*[\w-]+="[^"]*")*)/g)].flatMap(([, urls = '', rest = '']) => {
    const given = new Map<string, string>()
    for (const [, key = '', value = ''] of rest.matchAll(/([\w-]+)="([^"]*)"/g)) given.set(key, value)
    if (given.get('rel') !== 'ice-server') return []
    const username = given.get('username')
    return username === undefined
      ? [{ urls }]
      : [{ urls, username, credential: given.get('credential') ?? '' }]
  })
}

/** What a player does about a refusal. `other`: this stream or browser can't do it, another player can. */
export function afterRefusal(error: unknown): 'gone' | 'refused' | 'ended' | 'full' | 'other' | 'again' {
  if (!(error instanceof ApiError)) return 'other'
  if (isEnd(error.code)) return 'ended'
  if (isLimit(error.code)) return 'full'
  if (error.code === 'camera.not_found') return 'gone'
  if (error.status === 401 || error.status === 403) return 'refused'
  // The camera is away, or the server: both come back.
  if (error.status === 0 || error.code === 'whep.no_picture' || error.code === 'whep.restart') return 'again'
  return 'other'
}
