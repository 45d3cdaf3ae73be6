/** Turns server events into changes of the query cache. */

import { type QueryClient } from '@tanstack/react-query'
import type { ServerEvent } from './events'
import { keys } from './queries'
import type { Camera, StreamStatus } from './types'

const COVERAGE_WITHIN_MS = 1000

/** `cameras` with one stream's status replaced; the same array when the camera is not in it. */
export function withStatus(cameras: Camera[], status: StreamStatus): Camera[] {
  const index = cameras.findIndex((camera) => camera.id === status.camera_id)
  const camera = cameras[index]
  if (!camera) return cameras
  const changed = { ...camera, status: { ...camera.status, [status.kind]: status } }
  return cameras.with(index, changed)
}

export function applyEvent(client: QueryClient, event: ServerEvent): void {
  switch (event.topic) {
    case 'camera.status':
      show(client, [event.payload as unknown as StreamStatus])
      return
    case 'stats':
      show(client, event.payload.streams as StreamStatus[])
      return
    case 'hello':
      // Not resumed: more happened than the server replays (or this is the first connection, with nothing cached yet).
      if (event.payload.resumed !== true) void client.invalidateQueries()
      return
    case 'lagged':
    case 'access.changed':
      void client.invalidateQueries()
      return
  }
  const [subject] = event.topic.split('.')
  const stale = STALE[subject ?? ''] ?? []
  for (const queryKey of stale) void client.invalidateQueries({ queryKey })
  if (subject === 'gap') coverageChanged(client)
}

const awaited = new WeakSet<QueryClient>()

/** Many cameras lose their network in one moment, and coverage of all of them is one answer: it is asked for once. */
function coverageChanged(client: QueryClient): void {
  if (awaited.has(client)) return
  awaited.add(client)
  setTimeout(() => {
    awaited.delete(client)
    void client.invalidateQueries({ queryKey: keys.coverage })
  }, COVERAGE_WITHIN_MS)
}

/** What an event's subject makes stale. */
const STALE: Record<string, (readonly string[])[]> = {
  camera: [keys.cameras, keys.removed, keys.system],
  segment: [keys.recordings, keys.calendar],
  gap: [keys.recordings, keys.calendar],
  volume: [keys.storage, keys.system],
  storage: [keys.storage],
  system: [keys.system],
}

function show(client: QueryClient, statuses: StreamStatus[]): void {
  client.setQueryData<Camera[]>(keys.cameras, (cameras) => cameras && statuses.reduce(withStatus, cameras))
}
