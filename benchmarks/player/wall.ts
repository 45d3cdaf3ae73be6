// Looks at the product's own Live page from outside: which pictures its tiles presented and dropped, how old they were, and
// which tiles the page itself had stepped down.

import { burnedNumber } from './burned'

interface Clock {
  frameMs: number
  loopMs: number
  /** By the names of the cameras. */
  phasesMs: Record<string, number>
}

interface TileSeen {
  camera: string
  presented: number
  dropped: number
  stalls: number
}

interface WallSeen {
  seconds: number
  tiles: TileSeen[]
  /** Of pictures of one tile after the other, milliseconds. */
  ages: number[]
  unread: number
  /** How many tiles each word stood on at the end, as "key frames only". */
  limited: Record<string, number>
  /** How many had no live picture at the end. */
  lost: number
  /** The most that a timer of the page came too late, milliseconds. */
  lagMs: number
}

const SAMPLE_MS = 250
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Watches the tiles that are there for some time. */
async function watchWall(clock: Clock, forMs: number): Promise<WallSeen> {
  const articles = [...document.querySelectorAll('article')]
  const tiles = articles.flatMap((article) => {
    const video = article.querySelector('video')
    const camera = article.getAttribute('aria-label') ?? ''
    return video ? [{ video, camera, presented: 0, dropped: 0, stalls: 0, before: countsOf(video) }] : []
  })
  const ages: number[] = []
  let unread = 0
  for (const tile of tiles) tile.video.addEventListener('waiting', () => (tile.stalls += 1))
  const began = performance.now()
  let lagMs = 0
  for (let turn = 0; performance.now() - began < forMs; turn += 1) {
    const tile = tiles[turn % tiles.length]
    tile?.video.requestVideoFrameCallback(() => {
      const number = burnedNumber(tile.video)
      if (number === null) unread += 1
      else ages.push(ageMs(number, Date.now(), clock.phasesMs[tile.camera] ?? 0, clock))
    })
    const asked = performance.now()
    await wait(SAMPLE_MS)
    lagMs = Math.max(lagMs, performance.now() - asked - SAMPLE_MS)
    for (const one of tiles) {
      const now = countsOf(one.video)
      // A tile that steps down or up has another source, which counts from 0.
      const from = now.all < one.before.all ? { all: 0, dropped: 0 } : one.before
      const dropped = Math.max(0, now.dropped - from.dropped)
      one.dropped += dropped
      one.presented += Math.max(0, now.all - from.all - dropped)
      one.before = now
    }
  }
  const seconds = (performance.now() - began) / 1000
  const limited: Record<string, number> = {}
  for (const tile of articles) {
    const words = tile.querySelector('[data-part="limited"]')?.textContent.split(':')[0]
    if (words) limited[words] = (limited[words] ?? 0) + 1
  }
  return {
    seconds,
    tiles: tiles.map(({ camera, presented, dropped, stalls }) => ({
      camera,
      presented,
      dropped,
      stalls,
    })),
    ages,
    unread,
    limited,
    lost: articles.filter((tile) => tile.hasAttribute('data-lost')).length,
    lagMs,
  }
}

function countsOf(video: HTMLVideoElement): { all: number; dropped: number } {
  const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality()
  return { all: totalVideoFrames, dropped: droppedVideoFrames }
}

/** How old the picture with this number is: the newest capture that it can stand for. */
function ageMs(number: number, now: number, phaseMs: number, clock: Clock): number {
  const base = number * clock.frameMs + phaseMs
  return (((now - base) % clock.loopMs) + clock.loopMs) % clock.loopMs
}

Object.assign(window, { watchWall })
