/** Turns server events into changes of the query cache. */

import { type QueryClient } from '@tanstack/react-query'
import type { ServerEvent } from './events'
import { keys } from './queries'
import type { Camera, StreamStatus } from './types'

type Raw = Record<string, unknown>

/** A status as the event socket sends it: times may be milliseconds (`since_ms`), as inside the recorder. */
export function toStatus(raw: Raw): StreamStatus {
  const status: Raw = { ...raw }
  for (const [from, to] of [
    ['since_ms', 'since'],
    ['retry_at_ms', 'retry_at'],
    ['last_frame_ms', 'last_frame_at'],
  ] as const) {
    if (!(from in status)) continue
    const value = status[from]
    status[to] = typeof value === 'number' ? new Date(value).toISOString() : null
    status[from] = undefined
  }
  return status as unknown as StreamStatus
}

/** `cameras` with one stream's status replaced; the same array when the camera is not in it. */
export function withStatus(cameras: Camera[], status: StreamStatus): Camera[] {
  const index = cameras.findIndex((camera) => camera.id === status.camera_id)
  const camera = cameras[index]
  if (!camera) return cameras
  const changed = { ...camera, status: { ...camera.status, [status.kind]: status } }
  return cameras.with(index, changed)
}

export function applyEvent(client: QueryClient, event: ServerEvent): void {
  const [subject] = event.topic.split('.')
  if (event.topic === 'camera.status') {
    const status = toStatus(event.payload)
    client.setQueryData<Camera[]>(keys.cameras, (cameras) => cameras && withStatus(cameras, status))
    return
  }
  if (subject === 'camera') {
    void client.invalidateQueries({ queryKey: keys.cameras })
    void client.invalidateQueries({ queryKey: keys.system })
  } else if (subject === 'segment' || subject === 'gap') {
    void client.invalidateQueries({ queryKey: keys.recordings })
    void client.invalidateQueries({ queryKey: keys.calendar })
  } else if (subject === 'volume' || subject === 'storage') {
    void client.invalidateQueries({ queryKey: keys.storage })
    void client.invalidateQueries({ queryKey: keys.system })
  }
}
