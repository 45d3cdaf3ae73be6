import { useMutation } from '@tanstack/react-query'
import { api } from '@/api/client'
import type { Camera, CameraPatch, ProbeReport } from '@/api/types'
import { changesOf, type Draft } from './draft'

/**
 * Asks a camera what it is. One that is edited is tested with the changes and, on its own host, with its stored login. A
 * name that is taken is refused before the test, which takes its time.
 */
export function useProbe(camera?: Camera) {
  return useMutation({
    mutationFn: (draft: Draft) =>
      camera
        ? api.post<ProbeReport>(`/cameras/${camera.id}/test`, { body: connectionOf(draft) })
        : api.post<ProbeReport>('/cameras/probe', {
            body: {
              url: draft.url.trim(),
              ...(draft.name.trim() ? { name: draft.name.trim() } : {}),
              username: draft.username || null,
              password: draft.password || null,
            },
          }),
  })
}

/** What of the changes decides how the camera is reached, and its name. */
function connectionOf(draft: Draft): CameraPatch {
  const { name, url, sub_url, engine, username, password } = changesOf(draft)
  const login = username === undefined ? {} : { username, password }
  return { ...(name ? { name } : {}), url, sub_url, engine, ...login }
}
