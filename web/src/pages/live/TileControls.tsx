import { ActionIcon, Tooltip } from '@mantine/core'
import {
  IconActivity,
  IconBolt,
  IconBoltFilled,
  IconCamera,
  IconHistory,
  IconMaximize,
  IconRewindBackward30,
  IconVolume,
  IconVolumeOff,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Allowed } from '@/access/useAccess'
import type { Camera, StreamStatus } from '@/api/types'
import { LinkIcon } from '@/parts/links'
import type { Quality } from '@/player/quality'
import { savePreferences, usePreferences } from '@/state/preferences'
import { DeviceControls } from './DeviceControls'
import classes from './LiveTile.module.css'
import { QualityMenu } from './QualityMenu'

interface Props {
  camera: Camera
  /** What is known of the stream that is shown. */
  known: StreamStatus | null | undefined
  playing: boolean
  /** Null without sound. */
  muted: boolean | null
  /** Whether it shows the present. */
  live: boolean
  quality: Quality | null
  /** Whether the figures are shown. */
  stats: boolean
  onMute: () => void
  onSnapshot: () => void
  onBack: () => void
  onQuality: (quality: Quality | null) => void
  onStats: () => void
  onFullScreen: () => void
}

/** What can be done with the picture of a tile. */
export function TileControls(props: Props) {
  const { camera, known, playing, muted, live, quality, stats } = props
  const { onMute, onSnapshot, onBack, onQuality, onStats, onFullScreen } = props
  const { live: wish } = usePreferences()
  return (
    <div className={classes.controls}>
      {muted !== null && (
        <Control label={muted ? 'Sound on (M)' : 'Sound off (M)'} onClick={onMute} disabled={!playing}>
          {muted ? <IconVolumeOff size={16} /> : <IconVolume size={16} />}
        </Control>
      )}
      <Control label="Snapshot (S)" onClick={onSnapshot} disabled={!playing}>
        <IconCamera size={16} />
      </Control>
      <Allowed permission="playback.view" camera={camera}>
        <Control label="Back 30 s" onClick={onBack} disabled={!live}>
          <IconRewindBackward30 size={16} />
        </Control>
        <LinkControl label="Open in playback" camera={camera} back={2_000}>
          <IconHistory size={16} />
        </LinkControl>
      </Allowed>
      <QualityMenu stream={known} chosen={quality} onChoose={onQuality} />
      <DeviceControls camera={camera} />
      <Control
        label="Lowest delay (WebRTC)"
        pressed={wish === 'webrtc'}
        onClick={() => savePreferences({ live: wish === 'webrtc' ? 'auto' : 'webrtc' })}
      >
        {wish === 'webrtc' ? <IconBoltFilled size={16} /> : <IconBolt size={16} />}
      </Control>
      <Control label={stats ? 'Hide figures' : 'Figures'} onClick={onStats}>
        <IconActivity size={16} />
      </Control>
      <Control label="Full screen (F)" onClick={onFullScreen}>
        <IconMaximize size={16} />
      </Control>
    </div>
  )
}

interface ControlProps {
  label: string
  onClick: () => void
  disabled?: boolean
  /** Of a switch: whether it is on. */
  pressed?: boolean
  children: ReactNode
}

function Control({ label, onClick, disabled, pressed, children }: ControlProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="transparent"
        className={classes.control}
        aria-label={label}
        aria-pressed={pressed}
        onClick={onClick}
        disabled={disabled}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}

function LinkControl(props: { label: string; camera: Camera; back: number; children: ReactNode }) {
  return (
    <Tooltip label={props.label}>
      <LinkIcon
        variant="transparent"
        className={classes.control}
        aria-label={props.label}
        to="/playback"
        // The instant is that of the click, not of the last time this was drawn.
        search={() => ({ camera: props.camera.slug, at: new Date(Date.now() - props.back).toISOString() })}
      >
        {props.children}
      </LinkIcon>
    </Tooltip>
  )
}
