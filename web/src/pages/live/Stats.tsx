import { useEffect, useState, type RefObject } from 'react'
import type { PlayerEngine } from '@/player/engine'
import type { LiveState } from '@/player/live-state'
import { serverClock } from '@/player/server-clock'
import type { WebRtcFigures } from '@/player/whep/figures'
import { bitrate, frameRate } from '@/words/format'
import classes from './Stats.module.css'

/** A live player; one that uses WebRTC tells more of itself. */
export interface LiveEngine extends PlayerEngine<LiveState> {
  figures?: () => Promise<WebRtcFigures | null>
}

interface Props {
  video: RefObject<HTMLVideoElement | null>
  engine: LiveEngine
  state: LiveState
}

interface Numbers {
  width: number
  height: number
  fps: number
  dropped: number
  latencyMs: number | null
  rate: number
}

type Row = [string, string]

/** How the picture comes in, measured in this browser. */
export function Stats({ video, engine, state }: Props) {
  const [numbers, setNumbers] = useState<Numbers | null>(null)
  const [figures, setFigures] = useState<WebRtcFigures | null>(null)
  useEffect(() => {
    let before: { at: number; frames: number } | null = null
    const timer = window.setInterval(() => {
      const element = video.current
      if (!element) return
      const quality = element.getVideoPlaybackQuality()
      const at = performance.now()
      const wall = engine.wallMs()
      setNumbers({
        width: element.videoWidth,
        height: element.videoHeight,
        fps: before ? ((quality.totalVideoFrames - before.frames) * 1000) / (at - before.at) : 0,
        dropped: quality.droppedVideoFrames,
        latencyMs: wall === null ? null : serverClock.at(Date.now()) - wall,
        rate: element.playbackRate,
      })
      if (engine.figures) void engine.figures().then(setFigures)
      before = { at, frames: quality.totalVideoFrames }
    }, 1000)
    return () => {
      window.clearInterval(timer)
      // Of another player these say nothing.
      setFigures(null)
    }
  }, [video, engine])
  const behind = numbers?.latencyMs ?? null
  const rows: Row[] = [
    ['Picture', numbers ? `${numbers.width} × ${numbers.height}` : ''],
    ['By', state.by ?? ''],
    ['Codecs', state.codecs],
    [
      state.converted ? 'Camera sends' : 'Stream',
      state.status ? `${bitrate(state.status.bitrate)}, ${frameRate(state.status.fps)}` : '',
    ],
    ...converted(state),
    ['Decoded', numbers ? `${frameRate(numbers.fps)}, ${numbers.dropped} dropped` : ''],
    ['Behind', behind === null ? '' : `${Math.round(behind)} ms`],
    ...(figures ? webRtcRows(figures) : [['Speed', numbers ? `${numbers.rate}×` : ''] satisfies Row]),
    ...(state.notice ? [['Note', state.notice] satisfies Row] : []),
  ]
  return (
    <dl className={classes.stats} data-part="stats">
      {rows.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}

/** What the server does to the stream for this viewer, and why it is not what was asked for. */
function converted(state: LiveState): [string, string][] {
  const rows: [string, string][] = []
  if (state.converted === 'h264') rows.push(['Quality', 'converted for this browser'])
  else if (state.converted) rows.push(['Quality', `converted to ${state.converted}`])
  if (state.limited) rows.push(['Shown', state.limited])
  return rows
}

function webRtcRows(figures: WebRtcFigures): Row[] {
  const { bitRate: bits, jitterBufferMs, lost, repaired, roundTripMs } = figures
  return [
    ['WebRTC', bits === null ? '' : bitrate(bits)],
    ['Buffer', jitterBufferMs === null ? '' : `${Math.round(jitterBufferMs)} ms`],
    ['Lost', `${lost} packets, ${repaired} repaired`],
    ['Round trip', roundTripMs === null ? '' : `${Math.round(roundTripMs)} ms`],
  ]
}
