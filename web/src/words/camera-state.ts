/** The state of a camera in words: what it does or what is wrong, since when, and what to do. */

import type { Camera, StreamStatus } from '@/api/types'
import { bitrate, duration, frameRate } from './format'

/**
 * `recording` and `live` are well, `busy` is on its way, `degraded` limps, `down` loses footage, `idle` is off by plan.
 */
export type Tone = 'recording' | 'live' | 'busy' | 'degraded' | 'down' | 'idle'

export interface CameraState {
  tone: Tone
  /** A few words: `Recording`, `Wrong password`. */
  label: string
  /** The figures or the reason: `25 fps, 4.1 Mb/s`. */
  detail: string
  /** What Vedette does about it: `next try in 4 s`. */
  doing: string
  /** What a person can do about it, empty when there is nothing to do. */
  remedy: string
}

interface Trouble {
  label: string
  remedy: string
}

const TROUBLE: Record<string, Trouble> = {
  refused: {
    label: 'No connection',
    remedy: 'Check that the camera has power and that its address and port are right.',
  },
  timeout: { label: 'No answer', remedy: 'Check the network between Vedette and the camera.' },
  closed: {
    label: 'Camera hung up',
    remedy: 'It may have restarted, or allow fewer connections than it is asked for.',
  },
  unauthorized: { label: 'Wrong password', remedy: 'Edit the user and password.' },
  not_found: { label: 'No such stream', remedy: 'Check the path in the camera’s URL.' },
  unsupported: {
    label: 'Unsupported stream',
    remedy: 'Set the camera to H.264 or H.265.',
  },
  protocol: {
    label: 'Not a camera',
    remedy: 'What answers does not speak the camera’s protocol. Check the URL.',
  },
  no_key_frame: {
    label: 'No key frame',
    remedy: 'Set a key-frame (I-frame) interval of at most 4 s in the camera.',
  },
  write_failed: { label: 'Cannot write', remedy: 'Check the volume on the Storage page.' },
  write_failure: { label: 'Cannot write', remedy: 'Check the volume on the Storage page.' },
  no_disk: { label: 'No disk', remedy: 'Check the volume on the Storage page.' },
  internal: { label: 'Fault in Vedette', remedy: 'The log says more. It tries again by itself.' },
  camera_offline: { label: 'Offline', remedy: 'Check that the camera has power and is on the network.' },
  network: { label: 'Network trouble', remedy: 'Check the network between Vedette and the camera.' },
}

/** `25 fps, 4.1 Mb/s`, empty before the first figures. */
export function figures(status: StreamStatus): string {
  const parts: string[] = []
  if (status.fps > 0) parts.push(frameRate(status.fps))
  if (status.bitrate > 0) parts.push(bitrate(status.bitrate))
  return parts.join(', ')
}

function trouble(cause: string): Trouble {
  return TROUBLE[cause] ?? { label: 'Not recording', remedy: '' }
}

function plan(camera: Camera): CameraState {
  if (!camera.enabled) return { tone: 'idle', label: 'Disabled', detail: '', doing: '', remedy: '' }
  if (camera.recording_override === 'stop' || camera.recording_mode === 'manual')
    return { tone: 'idle', label: 'Stopped', detail: 'not recording until started', doing: '', remedy: '' }
  if (camera.recording_mode === 'schedule')
    return { tone: 'idle', label: 'Off by schedule', detail: '', doing: '', remedy: '' }
  return { tone: 'idle', label: 'Not recording', detail: '', doing: '', remedy: '' }
}

export function cameraState(camera: Camera, now: number): CameraState {
  const status = camera.status.main ?? camera.status.sub
  if (!camera.enabled) return plan(camera)
  switch (status?.state) {
    case 'recording':
      return { tone: 'recording', label: 'Recording', detail: figures(status), doing: '', remedy: '' }
    case 'live':
      return { ...plan(camera), tone: 'live', detail: join('live', figures(status)) }
    case 'connecting':
      // Between two attempts nothing has become better.
      if (status.cause)
        return { tone: 'down', ...trouble(status.cause), detail: status.detail, doing: 'trying again' }
      return { tone: 'busy', label: 'Connecting', detail: status.detail, doing: '', remedy: '' }
    case 'waiting': {
      // Vedette itself lacks the login, and does not try without: the detail says what to do.
      if (status.cause === 'unauthorized' && !status.retry_at)
        return { tone: 'down', label: 'Login needed', detail: status.detail, doing: '', remedy: '' }
      const { label, remedy } = trouble(status.cause)
      return { tone: 'down', label, detail: status.detail, doing: retryIn(status, now), remedy }
    }
    case 'blocked': {
      const { label, remedy } = trouble(status.cause)
      return { tone: 'down', label, detail: status.detail, doing: '', remedy }
    }
    case 'stopped':
      return plan(camera)
    default:
      return {
        tone: 'busy',
        label: 'No word yet',
        detail: 'no recorder has reported on this camera',
        doing: '',
        remedy: '',
      }
  }
}

/** `next try in 4 s`, empty when no attempt is planned. */
export function retryIn(status: StreamStatus, now: number): string {
  if (!status.retry_at) return ''
  const wait = Date.parse(status.retry_at) - now
  return wait > 1000 ? `next try in ${duration(wait)}` : 'trying again'
}

function join(...texts: string[]): string {
  return texts.filter(Boolean).join(', ')
}
