// The product's own player, without the page around it, and a stopwatch: from seek() to the first picture that shows
// the instant that was asked for, told by the number burned into it.

import { locate } from '@/pages/playback/locate'
import { VodPlayer } from '@/player/vod/vod-player'

interface Found {
  ms: number
  number: number | null
}

const CELLS = 24
const canvas = document.createElement('canvas')
const context = canvas.getContext('2d', { willReadFrequently: true })

/** As `media.simulator.counter.read`. */
function burnedNumber(video: HTMLVideoElement): number | null {
  if (!context || video.videoWidth === 0) return null
  const { videoWidth: width, videoHeight: height } = video
  canvas.width = CELLS
  canvas.height = 1
  const top = height - Math.floor((2 * height) / 45)
  const cell = width / 40
  context.drawImage(video, cell, top + height / 180, CELLS * cell, height / 90, 0, 0, CELLS, 1)
  const pixels = context.getImageData(0, 0, CELLS, 1).data
  const bits = Array.from({ length: CELLS }, (_, index) => (pixels[4 * index + 1] > 128 ? 1 : 0))
  const number = parseInt(bits.slice(2, 18).join(''), 2)
  const check = ((number >> 12) ^ (number >> 8) ^ (number >> 4) ^ number) & 15
  const whole = bits[0] === 1 && bits[1] === 0 && bits[22] === 0 && bits[23] === 1
  return whole && parseInt(bits.slice(18, 22).join(''), 2) === check ? number : null
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
