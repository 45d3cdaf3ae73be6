import { Button } from '@mantine/core'
import { IconEyeOff, IconVideoOff } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useImperativeHandle, useRef, useState, type Ref } from 'react'
import { useAccess } from '@/access/useAccess'
import { keys } from '@/api/queries'
import type { Camera, StreamKind } from '@/api/types'
import { StateMark } from '@/parts/StateMark'
import { liveEngine } from '@/player/choose'
import type { LiveState } from '@/player/live-state'
import type { Quality } from '@/player/quality'
import { LowDelayPlayer } from '@/player/whep/low-delay-player'
import { saveSnapshot, snapshotName } from '@/player/save'
import { usePlayer } from '@/player/usePlayer'
import { wallSocket } from '@/player/wall/socket'
import { useNow, useZone } from '@/state/hooks'
import { usePreferences, type Preferences } from '@/state/preferences'
import { cameraState } from '@/words/camera-state'
import { Rewound, type RewoundHandle } from './Rewound'
import { signal } from './signal'
import classes from './LiveTile.module.css'
import { Stats, type LiveEngine } from './Stats'
import { Stills } from './Stills'
import { TileControls } from './TileControls'
import { useAttended } from './useAttended'
import { useZoom } from './useZoom'

/** What the keyboard of the page asks of the tile in focus. */
export interface TileHandle {
  toggleMute(): void
  snapshot(): void
  fullScreen(): void
}

interface Props {
  camera: Camera
  stream: StreamKind
  /** The tile's place, for the keys 1 to 9; 0 when it has none. */
  place: number
  /** The page itself says what is wrong with the camera. */
  brief?: boolean
  onFocus?: () => void
  /** Of the one picture of the page. */
  ref?: Ref<TileHandle>
}

const BACK_MS = 30_000

/** The picture of a camera, for who may watch it; for others, that they may not. */
export function LiveTile(props: Props) {
  const { may } = useAccess()
  if (may('live.view', props.camera)) return <Tile {...props} />
  return (
    <article className={classes.tile} aria-label={props.camera.name}>
      <div className={classes.lost} role="status">
        <IconEyeOff size={28} stroke={1.25} aria-hidden />
        <strong>{props.camera.name} is not open to you</strong>
        <span>You may not watch it live (any more). Ask an administrator for the permission.</span>
      </div>
    </article>
  )
}

function Tile({ camera, stream, place, brief = false, onFocus, ref }: Props) {
  const alone = place === 0 || (ref !== null && ref !== undefined)
  const { live } = usePreferences()
  const [quality, setQuality] = useState<Quality | null>(null)
  const { video, engine, state } = usePlayer<LiveEngine>(
    () => makeEngine(camera, stream, quality, live, alone),
    `${camera.id} ${stream} ${quality} ${live} ${alone}`,
  )
  useLookAgain(state?.connected)
  const { attended, handlers } = useAttended()
  const zone = useZone()
  const [muted, setMuted] = useState(true)
  const [stats, setStats] = useState(false)
  const [box, setBox] = useState<HTMLElement | null>(null)
  const merged = state?.status && state.status.kind === 'main' ? withMain(camera, state.status) : camera
  // Only how long something lasts depends on the time, and that is told where it is shown.
  const words = cameraState(merged, 0)
  const told = brief && words.tone === 'down'
  const lost = signal(state, told ? null : words, 0) !== null
  const playing = state?.phase === 'playing'
  const [since, setSince] = useState<number | null>(null)
  const rewound = useRef<RewoundHandle | null>(null)
  const zoom = useZoom(box, alone)

  const snapshot = () => {
    const picture = rewound.current?.video ?? video.current
    const at = rewound.current?.wallMs() ?? engine?.wallMs() ?? Date.now()
    if (picture) void saveSnapshot(picture, snapshotName(camera.slug, at, zone))
  }
  const fullScreen = () => {
    if (document.fullscreenElement) void document.exitFullscreen()
    else void box?.requestFullscreen()
  }
  useImperativeHandle(ref, () => ({ toggleMute: () => setMuted((was) => !was), snapshot, fullScreen }))

  return (
    <article
      ref={setBox}
      className={classes.tile}
      aria-label={camera.name}
      data-lost={lost ? '' : undefined}
      {...handlers}
    >
      {/* A live picture has no captions to offer. */}
      <div
        className={classes.picture}
        data-zoomed={zoom.zoomed ? '' : undefined}
        onDoubleClick={zoom.zoomed ? zoom.reset : onFocus}
        {...zoom.handlers}
      >
        <video
          ref={video}
          className={classes.video}
          style={zoom.style}
          playsInline
          muted={muted || since !== null}
        />
      </div>
      {state?.phase === 'unsupported' && <Stills camera={camera} codecs={state.codecs} />}
      {!playing && !lost && state?.phase !== 'unsupported' && <div className={classes.loading} />}
      {playing && state.limited && since === null && (
        <p className={classes.limited} role="status" data-part="limited">
          {state.limited}
        </p>
      )}
      {since !== null && (
        <Rewound
          camera={camera}
          at={since}
          muted={muted}
          style={zoom.style}
          ref={rewound}
          onLive={() => setSince(null)}
        />
      )}
      {lost && since === null && (
        <Lost player={state} camera={told ? null : merged} onAgain={() => engine?.again?.()} />
      )}
      <div className={classes.foot}>
        <button
          type="button"
          className={classes.name}
          onClick={onFocus}
          disabled={!onFocus}
          title={onFocus ? 'Show it alone' : undefined}
        >
          <StateMark tone={words.tone} size={10} />
          <span className={classes.nameText}>{camera.name}</span>
          {!told && (
            <span className={classes.state}>{words.tone === 'recording' ? words.detail : words.label}</span>
          )}
        </button>
        {(attended || alone) && (
          <TileControls
            camera={camera}
            known={camera.status[stream] ?? state?.status}
            playing={playing}
            muted={state?.hasAudio ? muted : null}
            live={since === null}
            quality={quality}
            stats={stats}
            onMute={() => setMuted(!muted)}
            onSnapshot={snapshot}
            onBack={() => setSince(Date.now() - BACK_MS)}
            onQuality={setQuality}
            onStats={() => setStats(!stats)}
            onFullScreen={fullScreen}
          />
        )}
      </div>
      {zoom.zoomed && (
        <button type="button" className={classes.zoom} onClick={zoom.reset} title="The whole picture (0)">
          {zoom.scale.toFixed(1)}×
        </button>
      )}
      {stats && engine && state && (
        <Stats
          video={video}
          engine={engine}
          state={state}
          transport={alone || live === 'webrtc' ? 'its own connection' : 'the wall’s connection'}
        />
      )}
      {place > 0 && !stats && place < 10 && (
        <kbd className={classes.place} aria-hidden>
          {place}
        </kbd>
      )}
    </article>
  )
}

/** Why there is no picture, for how long, and what is being done about it. */
function Lost(props: { player: LiveState | null; camera: Camera | null; onAgain: () => void }) {
  const { player, camera, onAgain } = props
  const now = useNow(1000)
  const lost = signal(player, camera && cameraState(camera, now), now)
  if (!lost) return null
  return (
    <div className={classes.lost} role="status">
      {player?.phase !== 'playing' && <IconVideoOff size={28} stroke={1.25} aria-hidden />}
      <strong>{lost.title}</strong>
      {lost.text && <span>{lost.text}</span>}
      {lost.again && (
        <Button variant="default" size="compact-sm" className={classes.again} onClick={onAgain}>
          {lost.again}
        </Button>
      )}
    </div>
  )
}

/** A connection that ends may have been ended because the permission was: what is allowed is asked for again. */
function useLookAgain(connected: boolean | undefined): void {
  const client = useQueryClient()
  const was = useRef(false)
  useEffect(() => {
    if (was.current && connected === false) void client.invalidateQueries({ queryKey: keys.cameras })
    was.current = connected ?? false
  }, [client, connected])
}

/** What the viewer asked for; where that can't be done, the ordinary player. */
function makeEngine(
  camera: Camera,
  stream: StreamKind,
  quality: Quality | null,
  live: Preferences['live'],
  alone: boolean,
): LiveEngine {
  // Many tiles share one connection, and are shown with a little less haste.
  const ordinary = (): LiveEngine =>
    alone ? liveEngine(camera.id, stream, quality) : wallSocket().tile(camera.id, stream, quality)
  return live === 'webrtc' ? new LowDelayPlayer(camera.id, stream, ordinary, quality) : ordinary()
}

function withMain(camera: Camera, main: NonNullable<Camera['status']['main']>): Camera {
  return { ...camera, status: { ...camera.status, main } }
}
