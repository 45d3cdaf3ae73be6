import { useMutation } from '@tanstack/react-query'
import { api } from '@/api/client'
import type { Camera, ProbeReport } from '@/api/types'
import type { Draft } from './draft'

/**
 * Asks a camera what it is. An unchanged camera with a stored login is tested with that. A name that is taken is refused before
 * the test, which takes its time.
 */
export function useProbe(camera?: Camera) {
  return useMutation({
    mutationFn: (draft: Draft) => {
      const stored = camera?.streams.find((stream) => stream.kind === 'main')?.url
      if (camera && draft.keepCredentials && draft.url === stored)
        return api.post<ProbeReport>(`/cameras/${camera.id}/test`)
      return api.post<ProbeReport>('/cameras/probe', {
        body: {
          url: draft.url.trim(),
          ...newName(draft, camera),
          username: draft.username || null,
          password: draft.password || null,
        },
      })
    },
  })
}

/** The name, where it is given and not the one that the camera has. */
function newName(draft: Draft, camera?: Camera): { name?: string } {
  const name = draft.name.trim()
  return name && name.toLowerCase() !== camera?.name.toLowerCase() ? { name } : {}
}
