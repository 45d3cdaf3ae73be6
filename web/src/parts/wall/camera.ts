import type { Tone } from '@/words/camera-state'

/** What arranging has to know of a camera. */
export interface WallCamera {
  id: string
  name: string
  tone: Tone
}
