// Looks at the product's own playback page from outside: which picture each of its tiles presented, and when.

import { burnedNumber } from './burned'

interface Picture {
  tile: string
  number: number
  /** When it came on the screen, the page's own milliseconds. */
  at: number
}

interface Seen {
  seconds: number
  pictures: Picture[]
  presented: number
  dropped: number
  /** Pictures whose callback came when the next one was there already, or that could not be read. */
  unread: number
}

/** Reads one of `every` pictures of each tile for some time: reading all of them would cost more than showing them. */
async function watchTogether(forMs: number, every: number): Promise<Seen> {
  const pictures: Picture[] = []
  const videos = [...document.querySelectorAll<HTMLVideoElement>('article video')]
  let unread = 0
  let over = false
  videos.forEach((video, index) => {
    const tile = video.closest('article')?.getAttribute('aria-label') ?? ''
    let turn = index
    const onFrame = (_: number, { mediaTime, expectedDisplayTime }: VideoFrameCallbackMetadata) => {
      if (over) return
      video.requestVideoFrameCallback(onFrame)
      turn += 1
      if (turn % every) return
      const frame = new VideoFrame(video)
      const same = Math.abs(frame.timestamp / 1e6 - mediaTime) < 0.002
      frame.close()
      const number = same ? burnedNumber(video) : null
      if (number === null) unread += 1
      else pictures.push({ tile, number, at: expectedDisplayTime })
    }
    video.requestVideoFrameCallback(onFrame)
  })
  const before = videos.map(countsOf)
  const began = performance.now()
  await new Promise((resolve) => setTimeout(resolve, forMs))
  over = true
  const after = videos.map(countsOf)
  const sum = (key: 'all' | 'dropped') => after.reduce((all, one, i) => all + one[key] - (before[i]?.[key] ?? 0), 0)
  const dropped = sum('dropped')
  return {
    seconds: (performance.now() - began) / 1000,
    pictures,
    presented: sum('all') - dropped,
    dropped,
    unread,
  }
}

function countsOf(video: HTMLVideoElement): { all: number; dropped: number } {
  const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality()
  return { all: totalVideoFrames, dropped: droppedVideoFrames }
}

Object.assign(window, { watchTogether })
