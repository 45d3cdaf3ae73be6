import { Loader } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useElementSize, useViewportSize } from '@mantine/hooks'
import { useCallback, useEffect, useRef, useState } from 'react'
import { API, explain } from '@/api/client'
import { fetchCoverage } from '@/api/queries'
import type { StreamKind } from '@/api/types'
import { isTyping } from '@/frame/keys'
import { Splitter } from '@/parts/Splitter'
import { saveSnapshot, snapshotName } from '@/player/save'
import { usePlayer } from '@/player/usePlayer'
import { VodPlayer } from '@/player/vod/vod-player'
import { Timeline, type TimelineHandle } from '@/timeline/Timeline'
import { ROW_PX, RULER_PX } from '@/timeline/paint'
import { DAY } from '@/words/zone'
import { actOnKey, type PlaybackActions } from './actions'
import { footageAt, locate } from './locate'
import { PlayerNotice } from './PlayerNotice'
import classes from './Review.module.css'
import type { Reviewed } from './reviewed'
import { Transport } from './Transport'

interface Props {
  cameras: Reviewed[]
  camera: Reviewed
  /** Where the address says that the playhead is. */
  at: number
  /** The day that was chosen, to be shown whole. */
  day: { start: number; end: number } | null
  zone: string
  now: number
  /** When the oldest footage was recorded. */
  earliest: number
  /** The person moved the playhead. */
  onMoved: (at: number) => void
  onCamera: (id: string, at: number) => void
  onNow: () => void
}

// The newest footage begins this long ago: enough to play at once.
const NEWEST_MS = 15_000

/** The player over the timeline, and the keys that move both. */
export function Review({ cameras, camera, at, day, zone, now, earliest, ...on }: Props) {
  const timeline = useRef<TimelineHandle>(null)
  const { ref: box, height } = useElementSize()
  const player = useRef<HTMLDivElement>(null)
  const [stream, setStream] = useState<StreamKind>('main')
  const [muted, setMuted] = useState(true)
  const [attempt, setAttempt] = useState(0)
  const lastMove = useRef(at)
  const { video, engine, state } = usePlayer(
    () => new VodPlayer(camera.id, stream, lastMove.current, locate),
    `${camera.id} ${stream} ${attempt}`,
  )
  const wallMs = useCallback(() => engine?.wallMs() ?? null, [engine])
  const inGap = state?.phase === 'gap'

  // The address moved without us: a link, the calendar, the browser's back.
  useEffect(() => {
    if (Math.abs(at - lastMove.current) < 1) return
    lastMove.current = at
    engine?.seek(at)
    timeline.current?.follow()
  }, [at, engine])
  useEffect(() => {
    if (day) timeline.current?.show(day.start, day.end)
  }, [day])

  const seek = (wanted: number, done = true) => {
    const to = Math.min(wanted, Date.now())
    lastMove.current = Math.round(to)
    engine?.seek(to)
    if (done) on.onMoved(Math.round(to))
  }
  const goOn = (next: number | null) => {
    if (next !== null) seek(next)
    else notifications.show({ message: 'There is no gap between here and now.' })
  }
  const actions: PlaybackActions = {
    toggle: () => {
      timeline.current?.follow()
      engine?.toggle()
    },
    pause: () => engine?.pause(),
    skip: (ms) => {
      timeline.current?.follow()
      if (engine) seek(engine.wallMs() + ms)
    },
    step: (frames) => engine?.step(frames),
    setRate: (rate) => engine?.setRate(rate),
    nextRecording: () => {
      if (engine) void nextAfterGap(camera.id, stream, engine.wallMs()).then(goOn, report)
    },
    now: on.onNow,
    toggleMute: () => setMuted((was) => !was),
    snapshot: () => {
      if (video.current && engine)
        void saveSnapshot(video.current, snapshotName(camera.slug, engine.wallMs(), zone))
    },
    download: camera.download
      ? () => {
          if (engine) void download(camera.id, stream, engine.wallMs())
        }
      : null,
    fullScreen: () => {
      if (document.fullscreenElement) void document.exitFullscreen()
      else void player.current?.requestFullscreen()
    },
    zoom: (factor) => timeline.current?.zoom(factor),
  }
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (document.querySelector('[role="dialog"], [role="menu"]')) return
      // A focused button keeps its own space bar.
      if (event.key === ' ' && event.target instanceof Element && event.target.closest('button, a')) return
      const handled = actOnKey(event, { rate: state?.rate ?? 1, playing: state?.playing ?? false }, actions)
      if (handled) event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })

  const [below, setBelow] = useTimelineHeight(cameras.length, height)
  const canSwitch = stream === 'main' && camera.sub
  return (
    <div ref={box} className={classes.review}>
      <div ref={player} className={classes.player}>
        <video
          ref={video}
          className={classes.video}
          muted={muted}
          playsInline
          data-hidden={inGap || state?.phase === 'failed' || state?.phase === 'future' ? '' : undefined}
          onClick={actions.toggle}
          aria-label={`Footage of ${camera.name}`}
        />
        {(state?.phase === 'loading' || (state?.phase === 'ready' && state.buffering && state.playing)) && (
          <div className={classes.waiting}>
            <Loader size={28} color="gray" role="status" aria-label="Loading the footage" />
          </div>
        )}
        {state && (
          <PlayerNotice
            state={state}
            zone={zone}
            now={now}
            at={at}
            canSwitchStream={canSwitch}
            canDownload={camera.download}
            onContinue={() => {
              timeline.current?.follow()
              if (state.next !== null) lastMove.current = state.next
              engine?.continueAfterGap()
            }}
            onRetry={() => setAttempt(attempt + 1)}
            onSwitchStream={() => setStream('sub')}
            onLive={on.onNow}
            onNewest={() => seek(Date.now() - NEWEST_MS)}
          />
        )}
      </div>
      <Transport state={state} zone={zone} wallMs={wallMs} muted={muted} actions={actions} />
      <Splitter
        value={below}
        min={RULER_PX + ROW_PX}
        max={Math.max(RULER_PX + ROW_PX, height - 200)}
        label="Height of the timeline"
        onChange={setBelow}
      />
      <div style={{ height: below }} className={classes.timeline}>
        <Timeline
          ref={timeline}
          cameras={cameras}
          selected={camera.id}
          zone={zone}
          earliest={earliest}
          playhead={wallMs}
          onSeek={(to, row, done) => {
            if (row && row !== camera.id) {
              lastMove.current = Math.round(to)
              on.onCamera(row, Math.round(to))
            } else seek(to, done)
          }}
          onSelect={(id) => {
            if (engine) lastMove.current = Math.round(engine.wallMs())
            on.onCamera(id, lastMove.current)
          }}
        />
      </div>
    </div>
  )
}

/** Where footage goes on after the next gap; null when there is none before now. */
async function nextAfterGap(camera: string, stream: StreamKind, at: number): Promise<number | null> {
  const ask = { cameras: [camera], start: at, end: Math.min(at + 31 * DAY, Date.now()), resolutionMs: 1 }
  const gap = (await fetchCoverage(ask)).cameras[0]?.gaps.find((candidate) => candidate.end_ms > at)
  if (!gap) return null
  const found = await locate(camera, stream, gap.end_ms)
  return found.recorded ? gap.end_ms : found.next
}

async function download(camera: string, stream: StreamKind, at: number): Promise<void> {
  try {
    const { segment_id: id } = await footageAt(camera, stream, at)
    if (!id) {
      notifications.show({
        message: 'Nothing was recorded at the playhead, so there is no file to download.',
      })
      return
    }
    const link = document.createElement('a')
    link.href = `${API}/recordings/${id}/download`
    link.download = ''
    link.click()
  } catch (error) {
    report(error)
  }
}

function report(error: unknown): void {
  notifications.show({ color: 'red', message: explain(error) })
}

/** The person's height, else what the rows need but at most two fifths. */
function useTimelineHeight(rows: number, available: number): [number, (height: number) => void] {
  const [chosen, setChosen] = useState<number | null>(null)
  const { width } = useViewportSize()
  const wanted = RULER_PX + rows * ROW_PX
  const usual = Math.min(
    wanted,
    Math.max(RULER_PX + 2 * ROW_PX, (available || 800) * (width < 768 ? 0.5 : 0.4)),
  )
  return [Math.round(chosen ?? usual), setChosen]
}
