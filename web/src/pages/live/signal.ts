/** What a live tile says when its picture is not live. */

import type { LiveState } from '@/player/live-state'
import type { Refusal } from '@/player/refusal'
import type { CameraState } from '@/words/camera-state'
import { duration, sentences } from '@/words/format'

export interface Signal {
  title: string
  /** What is being done about it, or what to do. */
  text: string
  /** What a button beside it says that asks the server again; missing where there is none. */
  again?: string
}

const WAITING = 'Waiting for the camera.'

/**
 * Null while the picture is live, or is only just being fetched, or stills stand in its place. `camera` is null where
 * what is wrong with it stands beside the tile.
 */
export function signal(player: LiveState | null, camera: CameraState | null, now: number): Signal | null {
  if (!player) return null
  if (player.phase === 'gone')
    return { title: 'Not there', text: 'This camera was removed, or is not shown to you any more.' }
  if (player.phase === 'refused')
    return {
      title: 'You may no longer see this camera',
      text: 'Ask an administrator for the permission. Once you have it, the picture comes back by itself.',
    }
  if ((player.phase === 'ended' || player.phase === 'full') && player.refusal)
    return player.phase === 'ended' ? ended(player.refusal, now) : full(player.refusal, now)
  if (player.phase === 'playing') {
    if (player.silentSince === null) return null
    const title = `No signal for ${duration(Math.max(0, now - player.silentSince))}`
    if (!player.connected) return { title, text: 'The connection to Vedette is lost. Reconnecting.' }
    return { title, text: measures(camera) || WAITING }
  }
  if (!camera) return { title: 'No picture', text: '' }
  if (camera.tone === 'down')
    return { title: camera.label, text: sentences(camera.detail, camera.doing, camera.remedy) }
  if (camera.tone === 'idle') return { title: camera.label, text: sentences(camera.detail) }
  if (player.phase === 'unsupported') return null
  if (!player.connected && player.silentSince !== null)
    return { title: 'No connection', text: 'Vedette does not answer. Reconnecting.' }
  if (player.silentSince !== null)
    return {
      title: 'No picture yet',
      text: camera.tone === 'recording' ? 'Waiting for a key frame.' : measures(camera) || WAITING,
    }
  return null
}

const ENDS: Record<string, string> = {
  'live.ended': 'Ended by an administrator',
  'live.ended_elsewhere': 'Ended by you from another place',
  'live.camera_off': 'This camera was switched off',
}

function ended({ code, untilMs }: Refusal, now: number): Signal {
  const text =
    untilMs !== null && untilMs > now
      ? `It can be watched again in ${Math.ceil((untilMs - now) / 1000)} s.`
      : 'It is not opened again by itself.'
  return { title: ENDS[code] ?? 'Ended', text, again: 'Watch again' }
}

const LIMITS: Record<string, string> = {
  'live.too_many_of_user': 'Too many streams of yours',
  'live.too_many_of_camera': 'Too many viewers of this camera',
  'live.too_many_of_address': 'Too many streams to your address',
  'live.too_many_tiles': 'Too many tiles',
}

function full({ code, detail, untilMs }: Refusal, now: number): Signal {
  const conversion = code.startsWith('transcode.')
  const title = LIMITS[code] ?? (conversion ? 'It can’t be converted now' : 'Too many viewers')
  const wait = untilMs !== null && untilMs > now ? ` in ${Math.ceil((untilMs - now) / 1000)} s` : ' soon'
  return { title, text: sentences(detail, `It is tried again${wait}`), again: 'Try again' }
}

function measures(camera: CameraState | null): string {
  if (!camera || camera.tone === 'recording' || camera.tone === 'live') return ''
  return sentences(camera.detail || camera.label, camera.doing)
}
