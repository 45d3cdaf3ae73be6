// The product's own player, without the page around it, and a stopwatch: from seek() to the first picture of the place
// that was asked for, and to the one that shows the very instant, told by the numbers burned into them. Beside it what
// the browser alone takes with a plain file.

import { locate } from '@/pages/playback/locate'
import { VodPlayer } from '@/player/vod/vod-player'
import { burnedNumber } from './burned'

interface Found {
  ms: number
  number: number | null
  /** Until the first picture of the place, perhaps of its key frame. */
  first: number
}

let player: VodPlayer | null = null

function element(): HTMLVideoElement {
  const video = document.querySelector('video')
  if (!video) throw new Error('the page has no video')
  return video
}

/** Calls back with each presented picture's number, once the element has left the place where it was. */
function watch(video: HTMLVideoElement, onPicture: (number: number | null) => boolean): void {
  let left = false
  for (const event of ['seeking', 'emptied'])
    video.addEventListener(event, () => (left = true), { once: true })
  const onFrame = () => {
    if (!left || !onPicture(burnedNumber(video))) video.requestVideoFrameCallback(onFrame)
  }
  video.requestVideoFrameCallback(onFrame)
}

/** Calls back with the numbers of key frames that stand over the element. */
function watchOver(onPicture: (number: number) => boolean): void {
  const onFrame = () => {
    const canvas = document.querySelector<HTMLCanvasElement>('canvas[data-part=last-frame][data-at]')
    const number = canvas && canvas.style.display !== 'none' ? burnedNumber(canvas) : null
    if (number === null || !onPicture(number)) requestAnimationFrame(onFrame)
  }
  requestAnimationFrame(onFrame)
}

/** Opens the player at an instant (first call) or seeks; resolves with the first of the `expected` pictures. */
function show(
  camera: string,
  at: number,
  expected: number[],
  limitMs: number,
  near: number[] = expected,
): Promise<Found> {
  const video = element()
  return new Promise((resolve) => {
    const began = performance.now()
    let first = limitMs
    let number: number | null = null
    let done = false
    const over = setTimeout(() => resolve({ ms: limitMs, number, first }), limitMs)
    watchOver((found) => {
      if (!done && near.includes(found)) first = Math.min(first, performance.now() - began)
      return done || first < limitMs
    })
    watch(video, (found) => {
      const ms = performance.now() - began
      number = found
      if (found === null) return false
      if (near.includes(found)) first = Math.min(first, ms)
      if (!expected.includes(found)) return false
      clearTimeout(over)
      done = true
      resolve({ ms, number, first })
      return true
    })
    if (player) {
      player.seek(at)
    } else {
      player = new VodPlayer(camera, 'main', at, locate)
      player.attach(video)
    }
  })
}

/** No player any more. */
function leave(): void {
  player?.destroy()
  player = null
  element().removeAttribute('src')
}

/** What the browser takes by itself: the file in a video element of its own, a seek, the first picture of the place. */
async function plain(url: string, at: number, near: number[], limitMs: number): Promise<number> {
  const video = element()
  if (!video.src.endsWith(url)) {
    video.src = url
    await new Promise((resolve) => video.addEventListener('canplay', resolve, { once: true }))
    await video.play()
  }
  return new Promise((resolve) => {
    const began = performance.now()
    const over = setTimeout(() => resolve(limitMs), limitMs)
    watch(video, (number) => {
      if (number === null || !near.includes(number)) return false
      clearTimeout(over)
      resolve(performance.now() - began)
      return true
    })
    video.currentTime = at
  })
}

Object.assign(window, { show, leave, plain })
