import { Button, CloseButton, Loader } from '@mantine/core'
import { useRef, useState, type ReactNode, type Ref } from 'react'
import { useZoom } from '@/parts/useZoom'
import type { VodState } from '@/player/vod/state'
import { moment } from '@/words/format'
import classes from './Picture.module.css'

interface Props {
  name: string
  state: VodState | null
  zone: string
  now: number
  muted: boolean
  video: Ref<HTMLVideoElement>
  scrub: Ref<HTMLCanvasElement>
  /** What fills the screen. */
  box: Ref<HTMLDivElement>
  /** Where one left this camera's footage the last time, if that is to be offered. */
  left: number | null
  onResume: (at: number | null) => void
  /** Somebody draws on it: it is not enlarged. */
  whole: boolean
  onToggle: () => void
  onFullScreen: () => void
  children: ReactNode
}

// A hand that moves further than this while it presses drags.
const CLICK_SLOP_PX = 4

/** The large picture: footage, the preview of where the playhead is being moved to, and what is to be known of both. */
export function Picture({
  name,
  state,
  zone,
  now,
  muted,
  left,
  whole,
  video,
  scrub,
  box,
  children,
  ...on
}: Props) {
  const [stage, setStage] = useState<HTMLElement | null>(null)
  const zoom = useZoom(stage, true)
  const pressed = useRef({ x: 0, y: 0 })
  const nothing = state?.phase === 'gap' || state?.phase === 'failed' || state?.phase === 'future'
  const waits = state?.phase === 'loading' || (state?.phase === 'ready' && state.buffering && state.playing)
  return (
    <div ref={box} className={classes.player}>
      <div
        ref={setStage}
        className={classes.stage}
        data-zoomed={zoom.zoomed ? '' : undefined}
        onDoubleClick={(event) => zoom.onDoubleClick(event, on.onFullScreen)}
        {...zoom.handlers}
        onPointerDown={(event) => {
          pressed.current = { x: event.clientX, y: event.clientY }
          zoom.handlers.onPointerDown(event)
        }}
        onClick={({ clientX, clientY }) => {
          const { x, y } = pressed.current
          if (Math.hypot(clientX - x, clientY - y) <= CLICK_SLOP_PX) on.onToggle()
        }}
      >
        {/* Everything that shows the picture is enlarged alike. */}
        <div className={classes.stage} style={whole ? undefined : zoom.style}>
          <video
            ref={video}
            className={classes.video}
            muted={muted}
            playsInline
            data-hidden={nothing ? '' : undefined}
            aria-label={`Footage of ${name}`}
          />
          <canvas ref={scrub} className={classes.scrub} data-part="scrub" aria-hidden hidden />
        </div>
      </div>
      {waits && (
        <div className={classes.waiting}>
          <Loader size={28} color="gray" role="status" aria-label="Loading the footage" />
        </div>
      )}
      {state?.shows === 'keys' && !nothing && (
        <span className={classes.chip} role="status" data-part="keys">
          Key frames only
        </span>
      )}
      <div className={classes.told}>
        {left !== null && (
          <span className={classes.resume} role="status" data-part="resume">
            You were at {moment(left, zone, now)}
            <Button size="compact-xs" ml={8} onClick={() => on.onResume(left)}>
              Go on there
            </Button>
            <CloseButton size="sm" aria-label="Stay here" c="inherit" onClick={() => on.onResume(null)} />
          </span>
        )}
      </div>
      {zoom.zoomed && (
        <button type="button" className={classes.zoom} onClick={zoom.reset} title="The whole picture (0)">
          {zoom.scale.toFixed(1)}×
        </button>
      )}
      {children}
    </div>
  )
}
