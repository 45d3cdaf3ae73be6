import { Button } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconRewindBackward30 } from '@tabler/icons-react'
import { useEffect, useImperativeHandle, useRef, type CSSProperties, type Ref } from 'react'
import type { Camera } from '@/api/types'
import { usePlayer } from '@/player/usePlayer'
import { VodPlayer } from '@/player/vod/vod-player'
import { useNow } from '@/state/hooks'
import { duration } from '@/words/format'
import { locate } from '../playback/locate'
import classes from './Rewound.module.css'

/** What the tile around it asks: which picture is shown, and of when. */
export interface RewoundHandle {
  video: HTMLVideoElement | null
  wallMs(): number
}

interface Props {
  camera: Camera
  /** Where it begins, UTC milliseconds. */
  at: number
  muted: boolean
  style: CSSProperties
  ref: Ref<RewoundHandle>
  onLive: () => void
}

const BACK_MS = 30_000
// What comes this soon is live.
const LIVE_MS = 2_500

/** The last minutes of a live tile, in its place: plays on from `at`, and leads back to live. */
export function Rewound({ camera, at, muted, style, ref, onLive }: Props) {
  const { video, engine, state } = usePlayer(
    () => new VodPlayer(camera.id, 'main', at, locate),
    `${camera.id} ${at}`,
  )
  const now = useNow(500)
  const behind = Math.max(0, now - (engine?.wallMs() ?? at))
  useImperativeHandle(ref, () => ({ video: video.current, wallMs: () => engine?.wallMs() ?? at }))

  // Played up to the present: live goes on.
  const leave = useRef(onLive)
  useEffect(() => {
    leave.current = onLive
  })
  const arrived =
    state !== null && state.playing && (behind < LIVE_MS || (state.phase === 'edge' && state.live))
  useEffect(() => {
    if (arrived) leave.current()
  }, [arrived])

  const nothing = state?.phase === 'gap' || state?.phase === 'failed' || state?.phase === 'unsupported'
  return (
    <div className={classes.rewound}>
      <video ref={video} className={classes.video} style={style} playsInline muted={muted} />
      {nothing && (
        <p className={classes.gap} role="status">
          {state.phase === 'gap'
            ? 'Nothing was recorded then.'
            : state.message || 'This browser cannot play it.'}
        </p>
      )}
      <div className={classes.bar} role="group" aria-label="Recorded">
        <span className={classes.behind} role="timer">
          {duration(behind)} behind
        </span>
        <Button
          size="compact-xs"
          variant="default"
          aria-label="30 s further back"
          onClick={() => engine?.seek(engine.wallMs() - BACK_MS)}
        >
          <IconRewindBackward30 size={16} />
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={state?.playing ? 'Pause' : 'Play'}
          onClick={() => engine?.toggle()}
        >
          {state?.playing ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
        </Button>
        <Button size="compact-xs" onClick={onLive}>
          Back to live
        </Button>
      </div>
    </div>
  )
}
