// The product's own player, without the page around it, and a stopwatch: from seek() to the first picture that shows
// the instant that was asked for, told by the number burned into it.

import { locate } from '@/pages/playback/locate'
import { VodPlayer } from '@/player/vod/vod-player'
import { burnedNumber } from './burned'

interface Found {
  ms: number
  number: number | null
}

let player: VodPlayer | null = null

/** Opens the player at an instant (first call) or seeks; resolves with the first of the `expected` pictures. */
function show(camera: string, at: number, expected: number[], limitMs: number): Promise<Found> {
  const video = document.querySelector('video')
  if (!video) throw new Error('the page has no video')
  return new Promise((resolve) => {
    const began = performance.now()
    let number: number | null = null
    const over = setTimeout(() => resolve({ ms: limitMs, number }), limitMs)
    const onFrame = () => {
      const ms = performance.now() - began
      number = burnedNumber(video)
      if (number !== null && expected.includes(number)) {
        clearTimeout(over)
        resolve({ ms, number })
      } else {
        video.requestVideoFrameCallback(onFrame)
      }
    }
    video.requestVideoFrameCallback(onFrame)
    if (player) {
      player.seek(at)
    } else {
      player = new VodPlayer(camera, 'main', at, locate)
      player.attach(video)
    }
  })
}

Object.assign(window, { show })
