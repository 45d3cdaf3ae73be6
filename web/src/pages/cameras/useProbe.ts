import { useMutation } from '@tanstack/react-query'
import { api } from '@/api/client'
import type { Camera, ProbeReport } from '@/api/types'
import type { Draft } from './draft'

/** Asks a camera what it is. An unchanged camera with a stored login is tested with that. */
export function useProbe(camera?: Camera) {
  return useMutation({
    mutationFn: (draft: Draft) => {
      const stored = camera?.streams.find((stream) => stream.kind === 'main')?.url
      if (camera && draft.keepCredentials && draft.url === stored)
        return api.post<ProbeReport>(`/cameras/${camera.id}/test`)
      return api.post<ProbeReport>('/cameras/probe', {
        body: {
          url: draft.url.trim(),
          username: draft.username || null,
          password: draft.password || null,
        },
      })
    },
  })
}
