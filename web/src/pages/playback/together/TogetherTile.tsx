import { ActionIcon, Loader, Tooltip } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { IconCamera, IconMaximize, IconMinimize, IconVolume, IconVolumeOff } from '@tabler/icons-react'
import { useEffect, useImperativeHandle, useRef, type ReactNode, type Ref } from 'react'
import { keys } from '@/api/queries'
import { StateMark } from '@/parts/StateMark'
import type { SyncGroup } from '@/player/sync/group'
import { SyncTrack } from '@/player/sync/track'
import { usePlayer } from '@/player/usePlayer'
import { saveSnapshot, snapshotCaption, snapshotName } from '@/player/save'
import { usePreferences } from '@/state/preferences'
import { locate } from '../locate'
import type { Shown } from './shown'
import { Closed, TileNotice } from './TileNotice'
import classes from './TogetherTile.module.css'

/** What the page's keys ask of a tile. */
export interface TogetherTileHandle {
  snapshot(): void
}

interface Props {
  camera: Shown
  group: SyncGroup
  /** It has the room for the main stream. */
  large: boolean
  alone: boolean
  selected: boolean
  heard: boolean
  zone: string
  now: number
  onSelect: () => void
  onFocus: () => void
  onSound: () => void
  ref?: Ref<TogetherTileHandle>
}

const CHANCE_MS = 15_000

/** The footage of one camera at the instant of the page's clock. */
export function TogetherTile(props: Props) {
  const { camera, selected, onSelect } = props
  if (!camera.missing) return <Tile {...props} />
  return (
    <article
      className={classes.tile}
      aria-label={camera.name}
      data-selected={selected ? '' : undefined}
      onClick={onSelect}
    >
      <Closed name={camera.name} />
    </article>
  )
}

function Tile({ camera, group, large, alone, selected, heard, zone, now, ref, ...on }: Props) {
  const streams = camera.sub
    ? large
      ? (['main', 'sub'] as const)
      : (['sub', 'main'] as const)
    : (['main'] as const)
  const { captioned } = usePreferences()
  const { video, engine, state } = usePlayer(
    () => new SyncTrack(camera.id, streams, group, locate),
    `${camera.id} ${streams.join()}`,
  )
  const phase = state?.phase ?? 'loading'
  useChances(phase === 'refused' || phase === 'failed', () => engine?.retry())
  const snapshot = () => {
    const at = engine?.wallMs()
    if (video.current && at !== null && at !== undefined && phase === 'ready')
      void saveSnapshot(
        video.current,
        snapshotName(camera.slug, at, zone),
        captioned ? snapshotCaption(camera.name, at, zone) : null,
      )
  }
  useImperativeHandle(ref, () => ({ snapshot }))
  const ready = phase === 'ready'
  return (
    <article
      className={classes.tile}
      aria-label={camera.name}
      data-selected={selected ? '' : undefined}
      data-phase={phase}
      onClick={on.onSelect}
      onDoubleClick={on.onFocus}
    >
      <video
        ref={video}
        className={classes.video}
        muted={!heard}
        playsInline
        data-hidden={ready || phase === 'loading' ? undefined : ''}
        aria-label={`Footage of ${camera.name}`}
      />
      {state?.buffering && (ready || phase === 'loading') && (
        <div className={classes.waiting}>
          <Loader size={24} color="gray" role="status" aria-label={`Loading ${camera.name}`} />
        </div>
      )}
      {state && (
        <TileNotice name={camera.name} state={state} zone={zone} now={now} onRetry={() => engine?.retry()} />
      )}
      <div className={classes.foot}>
        <button type="button" className={classes.name} aria-pressed={selected} onClick={on.onSelect}>
          <StateMark tone={camera.tone} size={10} />
          <span>{camera.name}</span>
          {heard && <IconVolume size={14} role="img" aria-label="with sound" />}
        </button>
        <div
          className={classes.controls}
          data-part="controls"
          onDoubleClick={(event) => event.stopPropagation()}
        >
          <Control label={heard ? 'Sound off (M)' : 'Sound on (M)'} onClick={on.onSound}>
            {heard ? <IconVolume size={16} /> : <IconVolumeOff size={16} />}
          </Control>
          <Control label="Snapshot (S)" onClick={snapshot} disabled={!ready}>
            <IconCamera size={16} />
          </Control>
          <Control label={alone ? 'Back to all (Esc)' : 'Show it alone'} onClick={on.onFocus}>
            {alone ? <IconMinimize size={16} /> : <IconMaximize size={16} />}
          </Control>
        </div>
      </div>
    </article>
  )
}

function Control(props: { label: string; onClick: () => void; disabled?: boolean; children: ReactNode }) {
  return (
    <Tooltip label={props.label}>
      <ActionIcon
        variant="transparent"
        className={classes.control ?? ''}
        aria-label={props.label}
        onClick={props.onClick}
        disabled={props.disabled ?? false}
      >
        {props.children}
      </ActionIcon>
    </Tooltip>
  )
}

/** Who was refused (or finds nothing): what is allowed is asked for again, and now and then whether it comes back. */
function useChances(refused: boolean, retry: () => void): void {
  const client = useQueryClient()
  const again = useRef(retry)
  useEffect(() => {
    again.current = retry
  })
  useEffect(() => {
    if (!refused) return
    void client.invalidateQueries({ queryKey: keys.cameras })
    const timer = window.setInterval(() => {
      void client.invalidateQueries({ queryKey: keys.cameras }).then(() => again.current())
    }, CHANCE_MS)
    return () => window.clearInterval(timer)
  }, [client, refused])
}
