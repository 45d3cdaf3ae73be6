import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, explain } from '@/api/client'
import { keys } from '@/api/queries'
import type { Camera } from '@/api/types'

/** Starts or stops recording by hand, or gives it back to the camera's mode. */
export function useRecordingControl(camera: Camera) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (verb: 'start' | 'stop' | 'auto') => api.post(`/cameras/${camera.id}/recording/${verb}`),
    onError: (error) => notifications.show({ color: 'red', title: camera.name, message: explain(error) }),
    onSettled: () => client.invalidateQueries({ queryKey: keys.cameras }),
  })
}
