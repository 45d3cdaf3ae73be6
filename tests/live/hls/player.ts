// The product's HLS player, with a list of the pictures that it showed.

import { burnedNumber } from '../../../benchmarks/player/burned'
import { LlHlsPlayer } from '@/player/llhls/llhls-player'

interface Shown {
  number: number | null
  width: number
}

function begin(camera: string): void {
  const video = document.createElement('video')
  video.muted = true
  document.body.replaceChildren(video)
  const shown: Shown[] = []
  const onFrame = () => {
    shown.push({ number: burnedNumber(video), width: video.videoWidth })
    video.requestVideoFrameCallback(onFrame)
  }
  video.requestVideoFrameCallback(onFrame)
  const player = new LlHlsPlayer(camera, 'main')
  Object.assign(window, { player, shown })
  player.attach(video)
}

Object.assign(window, { begin })
