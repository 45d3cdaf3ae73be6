import { useElementSize } from '@mantine/hooks'
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import { spanOf, type Marks } from '@/player/marks'
import { usePlayer } from '@/player/usePlayer'
import { VodPlayer } from '@/player/vod/vod-player'
import { savePreferences, usePreferences } from '@/state/preferences'
import { Timeline, type TimelineHandle } from '@/timeline/Timeline'
import type { Mark } from '@/timeline/marks'
import { report } from './download'
import { AreaEditor } from './find/AreaEditor'
import { FindPanel } from './find/FindPanel'
import findClasses from './find/FindPanel.module.css'
import { useFind } from './find/useFind'
import { locate } from './locate'
import { Below } from './Below'
import { MarksBar } from './MarksBar'
import { Picture } from './Picture'
import { PlayerNotice } from './PlayerNotice'
import { useReviewActions } from './useReviewActions'
import classes from './Review.module.css'
import type { Reviewed } from './reviewed'
import { Transport } from './Transport'
import { useLeft } from './useLeft'
import { usePlaybackKeys } from './usePlaybackKeys'
import { useScrub } from './useScrub'

/** What a bookmark would note: the marked span, else the instant of the shown frame. */
export type Noted = () => { startMs: number; endMs: number } | null

interface Props {
  cameras: Reviewed[]
  camera: Reviewed
  /** Where the address says that the playhead is. */
  at: number
  /** The address named no instant: this is where it begins by itself. */
  landed: boolean
  /** The address is a link to one picture: it stands there. */
  still: boolean
  /** The day that was chosen, to be shown whole. */
  day: { start: number; end: number } | null
  zone: string
  now: number
  /** When the oldest footage was recorded. */
  earliest: number
  bookmarks: readonly Mark[]
  /** Is given what a bookmark would note now. */
  notedRef: RefObject<Noted>
  marks: Marks
  loop: boolean
  /** The person moved the playhead. */
  onMoved: (at: number) => void
  onMarks: (marks: Marks, loop: boolean) => void
  onCamera: (id: string, at: number) => void
  /** A day was chosen in the overview, of a camera. */
  onDay: (start: number, end: number, camera: string) => void
  onNow: () => void
  /** The address of this camera at an instant, whole. */
  linkTo: (at: number) => string
}

// The newest footage begins this long ago: enough to play at once.
const NEWEST_MS = 15_000

/** The player over the timeline, and the keys that move both. */
export function Review({ cameras, camera, at, day, zone, now, earliest, marks, loop, ...on }: Props) {
  const { bookmarks, notedRef, still } = on
  const timeline = useRef<TimelineHandle>(null)
  const { ref: box, height } = useElementSize()
  const player = useRef<HTMLDivElement>(null)
  const { captioned, recording, volume } = usePreferences()
  const [muted, setMuted] = useState(true)
  const [attempt, setAttempt] = useState(0)
  const lastMove = useRef(at)
  const heeded = useRef(at)
  const { video, engine, state } = usePlayer(() => {
    // An address can name another camera and another instant at once.
    if (at !== heeded.current) lastMove.current = at
    return new VodPlayer(camera.id, 'main', lastMove.current, locate, { playing: !still })
  }, `${camera.id} ${attempt}`)
  const scrub = useScrub(engine, state, camera.id, (to) => {
    lastMove.current = Math.round(to)
  })
  const scrubAt = scrub.at
  const wallMs = useCallback(() => scrubAt() ?? engine?.wallMs() ?? null, [engine, scrubAt])
  const [left, forgetLeft] = useLeft(camera.id, engine, on.landed ? at : null)
  const span = spanOf(marks)
  useEffect(() => {
    notedRef.current = () => {
      if (span) return { startMs: span.start, endMs: span.end }
      const shown = wallMs()
      return shown === null ? null : { startMs: shown, endMs: shown }
    }
  })

  // The address moved without us: a link, the calendar, the browser's back.
  useEffect(() => {
    heeded.current = at
    if (Math.abs(at - lastMove.current) < 1) return
    lastMove.current = at
    engine?.seek(at)
    if (still) engine?.pause()
    timeline.current?.follow()
  }, [at, engine, still])
  useEffect(() => {
    if (day) timeline.current?.show(day.start, day.end)
  }, [day])
  useEffect(() => engine?.choose(recording, camera.sub), [engine, recording, camera.sub])
  const [from, to] = loop && span ? [span.start, span.end] : [null, null]
  useEffect(() => {
    engine?.setLoop(from === null ? null : { start: from, end: to })
  }, [engine, from, to])
  useEffect(() => engine?.setVolume(volume), [engine, volume])

  const told = (to: number) => {
    lastMove.current = Math.round(to)
    on.onMoved(lastMove.current)
  }
  const seek = (wanted: number, done = true) => {
    const to = Math.min(wanted, Date.now())
    lastMove.current = Math.round(to)
    forgetLeft()
    if (!done || scrub.at() !== null) scrub.move(to, timeline.current?.msPerPx() ?? 0)
    else engine?.seek(to)
    if (!done) return
    scrub.done()
    told(to)
  }
  const actions = useReviewActions({
    engine,
    state,
    camera,
    zone,
    marks,
    bookmarks,
    loop,
    captioned,
    timeline: () => timeline.current,
    box: () => player.current,
    wallMs,
    seek,
    told,
    toggleMute: () => setMuted((was) => !was),
    onMarks: on.onMarks,
    onNow: on.onNow,
    linkTo: on.linkTo,
  })
  usePlaybackKeys(state, actions)

  const find = useFind({ camera: camera.id, zone, playhead: wallMs, others: bookmarks, onSeek: seek })

  const canSwitch = state?.stream === 'main' && camera.sub
  return (
    <div ref={box} className={classes.review} data-finding={find.open ? '' : undefined}>
      <div className={findClasses.stage}>
        <Picture
          name={camera.name}
          state={state}
          zone={zone}
          now={now}
          muted={muted}
          video={video}
          scrub={scrub.canvas}
          box={player}
          left={left}
          onResume={(to) => (to === null ? forgetLeft() : seek(to))}
          onToggle={actions.toggle}
          onFullScreen={actions.fullScreen}
          whole={find.open}
        >
          {state && (
            <PlayerNotice
              camera={camera.id}
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
              onStay={() => engine?.pause()}
              onRetry={() => setAttempt(attempt + 1)}
              onSwitchStream={() => savePreferences({ recording: 'sub' })}
              onLive={on.onNow}
              onNewest={() => seek(Date.now() - NEWEST_MS)}
            />
          )}
          {find.open && <AreaEditor video={video} areas={find.areas} onAreas={find.setAreas} />}
        </Picture>
        {find.open && (
          <FindPanel
            areas={find.areas}
            results={find.results}
            at={wallMs() ?? at}
            now={now}
            zone={zone}
            marks={span}
            onAreas={find.setAreas}
            onSearch={find.search}
            onCancel={find.cancel}
            onHit={find.go}
            onClose={find.toggle}
          />
        )}
      </div>
      <Transport
        state={state}
        zone={zone}
        wallMs={wallMs}
        muted={muted}
        volume={volume}
        actions={actions}
        finding={find}
        onStream={camera.sub ? (choice) => savePreferences({ recording: choice }) : null}
        onPictureInPicture={
          document.pictureInPictureEnabled
            ? () => void video.current?.requestPictureInPicture().catch(report)
            : null
        }
      />
      <MarksBar
        marks={marks}
        loop={loop}
        zone={zone}
        now={now}
        onJump={actions.jumpTo}
        onLoop={actions.toggleLoop}
        onClear={actions.clearMarks}
      />
      <Below rows={cameras.length} available={height}>
        <Timeline
          ref={timeline}
          cameras={cameras}
          selected={camera.id}
          zone={zone}
          earliest={earliest}
          marks={find.marks}
          onDay={(start, end, row) => on.onDay(start, end, row ?? camera.id)}
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
          inOut={marks}
          onInOut={(moved) => on.onMarks(moved, loop)}
        />
      </Below>
    </div>
  )
}
