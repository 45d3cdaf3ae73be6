/** What needs a person's attention, worst first. */

import type { Camera, System, Volume } from '@/api/types'
import { cameraState, type Tone } from './camera-state'
import { labelled, sentences } from './format'

export interface Trouble {
  key: string
  /** `live` marks what is only good to know. */
  tone: Tone
  title: string
  text: string
  since: number | null
  to: string | null
}

const VOLUME_TEXT: Record<string, string> = {
  missing: 'The disk or directory is not there. Recording to it has stopped and resumes when it is back.',
  foreign:
    'The directory is not the volume that it was: its identity marker is missing or another. Nothing is written to it.',
  read_only: 'It can be read but not written. Recording to it has stopped.',
  full: 'There is no free space left. Recording to it has stopped.',
  failing: 'Writing to it fails. Recording to it has stopped.',
}

/** What a volume's state means, in a sentence. */
export function volumeTrouble(volume: Pick<Volume, 'state' | 'state_detail'>): string {
  return sentences(VOLUME_TEXT[volume.state] ?? '', volume.state_detail)
}

export function troubles(
  cameras: readonly Camera[],
  volumes: readonly Volume[],
  system: System | undefined,
  now: number,
): Trouble[] {
  const found: Trouble[] = []
  for (const volume of volumes) {
    if (volume.state === 'ok') continue
    found.push({
      key: `volume ${volume.id}`,
      tone: 'down',
      title: `Volume ${volume.name}`,
      text: volumeTrouble(volume),
      since: Date.parse(volume.state_since),
      to: '/storage',
    })
  }
  for (const camera of cameras) {
    const state = cameraState(camera, now)
    if (state.tone !== 'down' && state.tone !== 'degraded') continue
    const status = camera.status.main ?? camera.status.sub
    found.push({
      key: `camera ${camera.id}`,
      tone: state.tone,
      title: camera.name,
      text: sentences(labelled(state.label, state.detail), state.remedy),
      since: status ? Date.parse(status.since) : null,
      to: `/cameras/${camera.slug}`,
    })
  }
  for (const recorder of system?.recorders ?? []) {
    if (recorder.connected) continue
    found.push({
      key: `recorder ${recorder.name}`,
      tone: 'down',
      title: `Recorder ${recorder.name}`,
      text: 'The recorder process does not answer. It is being restarted.',
      since: null,
      to: '/system',
    })
  }
  for (const warning of system?.warnings ?? []) {
    found.push({
      key: `warning ${warning.code}`,
      tone: 'live',
      title: 'Good to know',
      text: warning.message,
      since: null,
      to: '/system',
    })
  }
  return found
}
