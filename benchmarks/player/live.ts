// The product's own live players, without the page around them, and a stopwatch: how old each picture is when it is shown,
// told by the number burned into it.

import { LlHlsPlayer } from '@/player/llhls/llhls-player'
import { MsePlayer } from '@/player/mse/mse-player'
import { WhepPlayer } from '@/player/whep/whep-player'
import { burnedNumber } from './burned'

interface Clock {
  frameMs: number
  phaseMs: number
  loopMs: number
}

interface Seen {
  /** From the call to the first picture, milliseconds. */
  firstMs: number
  /** Age of each picture shown after `settleMs`, milliseconds. */
  ages: number[]
  /** Pictures whose number could not be read. */
  unread: number
  stalls: number
  dropped: number
  /** What was buffered ahead of each picture, milliseconds. */
  ahead: number[]
}

/** How old the picture with this number is: the newest capture that it can stand for. */
function ageMs(number: number, now: number, clock: Clock): number {
  const base = number * clock.frameMs + clock.phaseMs
  return (((now - base) % clock.loopMs) + clock.loopMs) % clock.loopMs
}

/** Watches one stream by one transport. */
async function watch(
  transport: string,
  camera: string,
  clock: Clock,
  settleMs: number,
  forMs: number,
): Promise<Seen> {
  const video = document.createElement('video')
  video.muted = true
  video.width = 960
  document.body.replaceChildren(video)
  const seen: Seen = {
    firstMs: -1,
    ages: [],
    unread: 0,
    stalls: 0,
    dropped: 0,
    ahead: [],
  }
  const began = performance.now()
  const onFrame = () => {
    const passed = performance.now() - began
    const number = burnedNumber(video)
    if (seen.firstMs < 0) seen.firstMs = passed
    if (number === null) seen.unread += 1
    else if (passed > settleMs) seen.ages.push(ageMs(number, Date.now(), clock))
    const { buffered, currentTime } = video
    if (buffered.length > 0)
      seen.ahead.push(Math.round(1000 * (buffered.end(buffered.length - 1) - currentTime)))
    video.requestVideoFrameCallback(onFrame)
  }
  video.requestVideoFrameCallback(onFrame)
  video.addEventListener('waiting', () => {
    if (performance.now() - began > settleMs) seen.stalls += 1
  })
  const player = makers[transport]?.(camera)
  if (!player) throw new Error(`no player for ${transport}`)
  player.attach(video)
  await new Promise((resolve) => setTimeout(resolve, settleMs + forMs))
  seen.dropped = video.getVideoPlaybackQuality().droppedVideoFrames
  player.destroy()
  return seen
}

const makers: Record<string, (camera: string) => { attach(video: HTMLVideoElement): void; destroy(): void }> =
  {
    mse: (camera) => new MsePlayer(camera, 'main'),
    hls: (camera) => new LlHlsPlayer(camera, 'main'),
    whep: (camera) => new WhepPlayer(camera, 'main'),
    'mse 720p': (camera) => new MsePlayer(camera, 'main', '720p'),
    'whep 720p': (camera) => new WhepPlayer(camera, 'main', undefined, '720p'),
  }

Object.assign(window, { watch })
