import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { IconEyeOff, IconVideoOff, IconVolume } from '@tabler/icons-react'
import { useEffect, useImperativeHandle, useRef, useState, useSyncExternalStore, type Ref } from 'react'
import { useAccess } from '@/access/useAccess'
import { keys } from '@/api/queries'
import type { Camera, StreamKind } from '@/api/types'
import { StateMark } from '@/parts/StateMark'
import type { LiveState } from '@/player/live-state'
import { liveEngine } from '@/player/choose'
import type { Quality } from '@/player/quality'
import { LowDelayPlayer } from '@/player/whep/low-delay-player'
import { saveSnapshot, snapshotCaption, snapshotName } from '@/player/save'
import { usePlayer } from '@/player/usePlayer'
import { wallSocket } from '@/player/wall/socket'
import { useNow, useZone } from '@/state/hooks'
import { usePreferences, type Preferences } from '@/state/preferences'
import { cameraState, figures } from '@/words/camera-state'
import { TileLayer } from './layer'
import { Rewound, type RewoundHandle } from './Rewound'
import { signal } from './signal'
import classes from './LiveTile.module.css'
import { Stats, type LiveEngine } from './Stats'
import { Stills } from './Stills'
import { TileControls } from './TileControls'
import { heardByMain, type Sound } from './useSound'
import { useAttended } from './useAttended'
import { ViewerCount } from './ViewerCount'
import { useZoom } from '@/parts/useZoom'

/** What the keyboard of the page asks of a tile. */
export interface TileHandle {
  toggleSound(): void
  snapshot(): void
}

interface Props {
  camera: Camera
  stream: StreamKind
  /** The tile's place, for the keys 1 to 9; 0 when it has none. */
  place: number
  /** The only picture of its page: it has a connection of its own, and the keys are for it. */
  alone: boolean
  /** The page itself says what is wrong with the camera. */
  brief?: boolean
  onFocus?: () => void
  /** Where the page decides who is heard; else the tile does. */
  sound?: Sound
  /** Where the page fills the screen for its tile; else the tile does. */
  screen?: { full: boolean; toggle: () => void }
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

function Tile({ camera, stream: given, place, alone, brief = false, onFocus, ref, ...page }: Props) {
  const { live, captioned } = usePreferences()
  const [quality, setQuality] = useState<Quality | null>(null)
  const [ownSound, setOwnSound] = useState(false)
  const sound = page.sound ?? { on: ownSound, toggle: () => setOwnSound(!ownSound) }
  const byMain = heardByMain(camera, given)
  const stream = sound.on && byMain ? 'main' : given
  const [chances, setChances] = useState(0)
  const { video, engine, state } = usePlayer<LiveEngine>(
    () => makeEngine(camera, stream, quality, live, alone),
    `${camera.id} ${stream} ${quality} ${live} ${alone} ${chances}`,
  )
  useLookAgain(state?.connected)
  const shut = state?.phase === 'refused' || state?.phase === 'gone'
  useChances(shut, () => setChances((before) => before + 1))
  const { attended, handlers } = useAttended()
  const zone = useZone()
  const [stats, setStats] = useState(false)
  const [box, setBox] = useState<HTMLElement | null>(null)
  const fills = useFills(box)
  const screen = page.screen ?? { full: fills, toggle: () => fill(box, fills) }
  const merged = state?.status && state.status.kind === 'main' ? withMain(camera, state.status) : camera
  // Only how long something lasts depends on the time, and that is told where it is shown.
  const words = cameraState(merged, 0)
  const told = brief && words.tone === 'down'
  const lost = signal(state, told ? null : words, 0) !== null
  const playing = state?.phase === 'playing'
  const [since, setSince] = useState<number | null>(null)
  const rewound = useRef<RewoundHandle | null>(null)
  const zoom = useZoom(box, alone)
  const hearable = Boolean(state?.hasAudio) || (byMain && live !== 'webrtc')
  const notice = playing && since === null && !lost ? state.limited || state.notice : ''

  const snapshot = () => {
    const picture = rewound.current?.video ?? video.current
    const at = rewound.current?.wallMs() ?? engine?.wallMs() ?? Date.now()
    const caption = captioned ? snapshotCaption(camera.name, at, zone) : null
    if (picture) void saveSnapshot(picture, snapshotName(camera.slug, at, zone), caption)
  }
  useImperativeHandle(ref, () => ({ toggleSound: () => hearable && sound.toggle(), snapshot }))

  return (
    <TileLayer value={fills && box ? box : '#main'}>
      <article
        ref={setBox}
        className={classes.tile}
        aria-label={camera.name}
        data-lost={lost ? '' : undefined}
        data-alone={alone ? '' : undefined}
        {...handlers}
      >
        {/* A live picture has no captions to offer. */}
        <div
          className={classes.picture}
          data-zoomed={zoom.zoomed ? '' : undefined}
          onDoubleClick={(event) => zoom.onDoubleClick(event, onFocus)}
          {...zoom.handlers}
        >
          <video
            ref={video}
            className={classes.video}
            style={zoom.style}
            playsInline
            muted={!sound.on || since !== null}
          />
        </div>
        {state?.phase === 'unsupported' && <Stills camera={camera} codecs={state.codecs} />}
        {!playing && !lost && state?.phase !== 'unsupported' && <div className={classes.loading} />}
        {notice && (
          <p
            className={classes.notice}
            role="status"
            data-part={state?.limited ? 'limited' : 'notice'}
            data-stays={state?.limited ? '' : undefined}
          >
            {notice}
          </p>
        )}
        {since !== null && (
          <Rewound
            camera={camera}
            at={since}
            muted={!sound.on}
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
            title={onFocus && !alone ? 'Show it alone' : undefined}
          >
            <StateMark tone={shut ? 'idle' : words.tone} size={10} />
            <span className={classes.nameText}>{camera.name}</span>
            {sound.on && hearable && <IconVolume size={14} role="img" aria-label="with sound" />}
            {!told && !shut && (
              <span className={classes.state}>
                {words.tone === 'recording' ? (shownFigures(state) ?? words.detail) : words.label}
                {(attended || alone) && <ViewerCount camera={camera.id} before=", " />}
              </span>
            )}
          </button>
          {(attended || alone) && (
            <TileControls
              camera={camera}
              stream={stream}
              status={camera.status[stream] ?? state?.status}
              playing={playing}
              sound={hearable ? sound : null}
              rewound={since !== null}
              quality={quality}
              figures={stats}
              full={screen.full}
              alone={alone}
              onSnapshot={snapshot}
              onBack={() => setSince(Date.now() - BACK_MS)}
              onQuality={setQuality}
              onFigures={() => setStats(!stats)}
              onFullScreen={screen.toggle}
            />
          )}
        </div>
        {zoom.zoomed && (
          <button type="button" className={classes.zoom} onClick={zoom.reset} title="The whole picture (0)">
            {zoom.scale.toFixed(1)}×
          </button>
        )}
        {stats && since === null && engine && state && <Stats video={video} engine={engine} state={state} />}
        {place > 0 && !stats && place < 10 && (
          <kbd className={classes.place} aria-hidden>
            {place}
          </kbd>
        )}
      </article>
    </TileLayer>
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

/** Whether this element alone fills the screen. */
function useFills(box: HTMLElement | null): boolean {
  return useSyncExternalStore(followScreen, () => box !== null && document.fullscreenElement === box)
}

function followScreen(changed: () => void): () => void {
  document.addEventListener('fullscreenchange', changed)
  return () => document.removeEventListener('fullscreenchange', changed)
}

function fill(box: HTMLElement | null, filled: boolean): void {
  if (filled) void document.exitFullscreen()
  else void box?.requestFullscreen().catch(() => undefined) // a browser that does not let it: iPhones
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

const CHANCE_MS = 15_000

/** Who was refused may be let in again: it is asked now and then, so that a screen without a keyboard comes back. */
function useChances(shut: boolean, retry: () => void): void {
  const client = useQueryClient()
  const again = useRef(retry)
  useEffect(() => {
    again.current = retry
  })
  useEffect(() => {
    if (!shut) return
    const timer = window.setInterval(() => {
      void client.invalidateQueries({ queryKey: keys.cameras }).then(() => again.current())
    }, CHANCE_MS)
    return () => window.clearInterval(timer)
  }, [client, shut])
}

/** Of the stream that is shown, which may not be the recorded one; null before anything is known of it. */
function shownFigures(state: LiveState | null): string | null {
  if (state?.converted) return state.converted === 'h264' ? 'converted' : `converted to ${state.converted}`
  return state?.status ? figures(state.status) || null : null
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
