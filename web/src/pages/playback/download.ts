import { notifications } from '@mantine/notifications'
import { API, explain } from '@/api/client'
import type { StreamKind } from '@/api/types'
import { footageAt } from './locate'

/** Saves the recorded file that an instant is in. */
export async function download(camera: string, stream: StreamKind, at: number): Promise<void> {
  try {
    const { segment_id: id } = await footageAt(camera, stream, at)
    if (!id) {
      notifications.show({
        message: 'Nothing was recorded at the playhead, so there is no file to download.',
      })
      return
    }
    const link = document.createElement('a')
    link.href = `${API}/recordings/${id}/download`
    link.download = ''
    link.click()
  } catch (error) {
    report(error)
  }
}

/** Says what went wrong with something that the person asked for. */
export function report(error: unknown): void {
  notifications.show({ color: 'red', message: explain(error) })
}
