/** What a live tile says when its picture is not live. */

import type { LiveState } from '@/player/live-state'
import type { CameraState } from '@/words/camera-state'
import { duration, sentences } from '@/words/format'

export interface Signal {
  title: string
  /** What is being done about it, or what to do. */
  text: string
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
      text: 'Ask an administrator for the permission. Once you have it, load the page again.',
    }
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

function measures(camera: CameraState | null): string {
  if (!camera || camera.tone === 'recording' || camera.tone === 'live') return ''
  return sentences(camera.detail || camera.label, camera.doing)
}
