import { useState } from 'react'
import type { Camera, StreamKind } from '@/api/types'

/** Whether a tile sounds, and how that is changed. */
export interface Sound {
  on: boolean
  toggle: () => void
}

/** The sound of one camera of the page at a time; nobody understands two. It outlives that the camera is shown alone. */
export function useSound(): (camera: Camera) => Sound {
  const [heard, setHeard] = useState<string | null>(null)
  return ({ id }) => ({ on: heard === id, toggle: () => setHeard(heard === id ? null : id) })
}

/** Whether a camera can be heard by its main stream only, while its small one is shown. */
export function heardByMain(camera: Camera, stream: StreamKind): boolean {
  const { main, sub } = camera.status
  return stream === 'sub' && !sub?.audio_codec && Boolean(main?.audio_codec)
}
