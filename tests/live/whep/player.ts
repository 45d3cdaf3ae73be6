// The product's WebRTC player on an empty page, and what a test wants to know of it.

import { burnedNumber } from '../../../benchmarks/player/burned'
import { MsePlayer } from '@/player/mse/mse-player'
import { LowDelayPlayer } from '@/player/whep/low-delay-player'

interface Shown {
  number: number | null
  /** When it was presented, and when it was captured by what the player says. UTC milliseconds. */
  at: number
  wall: number | null
  width: number
}

interface Rewriter {
  rewrite?: (answer: string) => Promise<string>
}

/** Every answer goes through the test's network, where there is one. */
const plainFetch = window.fetch.bind(window)
window.fetch = async (input, init) => {
  const response = await plainFetch(input, init)
  const { rewrite } = window as Rewriter
  if (!rewrite || init?.method !== 'POST' || response.status !== 201) return response
  return new Response(await rewrite(await response.text()), { status: 201, headers: response.headers })
}

function begin(camera: string): void {
  const video = document.createElement('video')
  video.muted = true
  video.width = 640
  document.body.replaceChildren(video)
  const shown: Shown[] = []
  const player = new LowDelayPlayer(camera, 'main', () => new MsePlayer(camera, 'main'))
  player.attach(video)
  const onFrame = () => {
    video.requestVideoFrameCallback(onFrame)
    shown.push({ number: burnedNumber(video), at: Date.now(), wall: player.wallMs(), width: video.videoWidth })
  }
  video.requestVideoFrameCallback(onFrame)
  Object.assign(window, { shown, player })
}

Object.assign(window, { begin })
