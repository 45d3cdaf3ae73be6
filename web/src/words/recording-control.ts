/** Which button there is for recording by hand. */

import type { Camera } from '@/api/types'

type Wanted = Pick<Camera, 'recording_mode' | 'recording_override'> & {
  status: { main: { state: string } | null }
}

/**
 * What can be asked for: the other of what is wanted now. An Always camera that can't be reached is wanted all the same, and
 * nothing would start it sooner. Whether its plan has recording on shows only in what a camera does.
 */
export function recordingVerb(camera: Wanted): 'start' | 'stop' {
  if (camera.recording_override) return camera.recording_override === 'start' ? 'stop' : 'start'
  if (camera.recording_mode === 'continuous') return 'stop'
  return camera.status.main?.state === 'recording' ? 'stop' : 'start'
}
