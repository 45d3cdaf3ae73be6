/** The cameras of the playback page: those that there are, and removed ones whose footage is still there. Pure. */

import type { Camera, CameraUsage, RemovedCamera } from '@/api/types'
import type { Allows } from '@/access/may'
import { cameraState, type Tone } from '@/words/camera-state'

export interface Reviewed {
  id: string
  slug: string
  name: string
  removed: boolean
  /** Whether there may be footage of a sub-stream. */
  sub: boolean
  tone: Tone
  recording: boolean
  /** Whether one may watch it live, and whether one may download its footage. */
  live: boolean
  download: boolean
}

/** Whether one may watch what was recorded of a camera. */
export function mayReview(camera: Allows): boolean {
  return camera.allowed.includes('playback.view')
}

export function present(camera: Camera, now: number): Reviewed {
  return {
    id: camera.id,
    slug: camera.slug,
    name: camera.name,
    removed: false,
    sub: camera.streams.some(({ kind, record }) => kind === 'sub' && record),
    tone: cameraState(camera, now).tone,
    recording: camera.status.main?.state === 'recording',
    live: camera.allowed.includes('live.view'),
    download: camera.allowed.includes('export.create'),
  }
}

/** The removed cameras that have footage, which is not being deleted, the last removed first. */
export function removedWithFootage(
  removed: readonly RemovedCamera[],
  usage: readonly CameraUsage[],
): { camera: RemovedCamera; usage: CameraUsage }[] {
  return removed.flatMap((camera) => {
    const found = usage.find(({ camera_id, files }) => camera_id === camera.id && files > 0)
    return found ? [{ camera, usage: found }] : []
  })
}

/** The removed cameras to look back at. Who may not know what each has (`usage`) is offered all. */
export function reviewable(
  removed: readonly RemovedCamera[],
  usage: readonly CameraUsage[] | undefined,
): RemovedCamera[] {
  const found = usage ? removedWithFootage(removed, usage).map(({ camera }) => camera) : [...removed]
  return found.filter(mayReview)
}

export function past(camera: RemovedCamera): Reviewed {
  return {
    id: camera.id,
    slug: camera.slug,
    name: camera.name,
    removed: true,
    sub: camera.streams.includes('sub'),
    tone: 'idle',
    recording: false,
    live: false,
    download: camera.allowed.includes('export.create'),
  }
}

/** The rows of the timeline: every present camera, and a removed one while it is looked at. */
export function rowsFor(cameras: readonly Reviewed[], chosen: Reviewed): Reviewed[] {
  return cameras.filter((camera) => !camera.removed || camera.id === chosen.id)
}
