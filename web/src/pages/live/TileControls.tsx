import { ActionIcon, Tooltip } from '@mantine/core'
import {
  IconActivity,
  IconBolt,
  IconBoltFilled,
  IconCamera,
  IconHistory,
  IconMaximize,
  IconMinimize,
  IconRewindBackward30,
  IconVolume,
  IconVolumeOff,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Allowed } from '@/access/useAccess'
import type { Camera, StreamKind, StreamStatus } from '@/api/types'
import { LinkIcon } from '@/parts/links'
import type { Quality } from '@/player/quality'
import { savePreferences, usePreferences } from '@/state/preferences'
import { DeviceControls } from './DeviceControls'
import { useLayer } from './layer'
import classes from './LiveTile.module.css'
import { QualityMenu } from './QualityMenu'

interface Props {
  camera: Camera
  stream: StreamKind
  /** What is known of the stream that is shown. */
  status: StreamStatus | null | undefined
  playing: boolean
  /** Null where the camera has no sound. */
  sound: { on: boolean; toggle: () => void } | null
  rewound: boolean
  quality: Quality | null
  figures: boolean
  full: boolean
  /** F is for this tile: it is the only one. */
  alone: boolean
  onSnapshot: () => void
  onBack: () => void
  onQuality: (quality: Quality | null) => void
  onFigures: () => void
  onFullScreen: () => void
}

/** What can be done with a tile, while the pointer is on it. */
export function TileControls(props: Props) {
  const { camera, sound, playing, alone, full } = props
  const webRtc = usePreferences().live === 'webrtc'
  const screen = full ? 'Leave full screen' : 'Full screen'
  return (
    <div className={classes.controls} data-part="controls">
      {sound && (
        <Control
          label={sound.on ? 'Sound off (M)' : 'Sound on (M)'}
          onClick={sound.toggle}
          disabled={!playing && !sound.on}
        >
          {sound.on ? <IconVolume size={16} /> : <IconVolumeOff size={16} />}
        </Control>
      )}
      <Control label="Snapshot (S)" onClick={props.onSnapshot} disabled={!playing && !props.rewound}>
        <IconCamera size={16} />
      </Control>
      <Allowed permission="playback.view" camera={camera}>
        <Control label="Back 30 s" onClick={props.onBack} disabled={props.rewound}>
          <IconRewindBackward30 size={16} />
        </Control>
        <LinkControl label="Open in playback" camera={camera} back={2_000}>
          <IconHistory size={16} />
        </LinkControl>
      </Allowed>
      <QualityMenu
        camera={camera.id}
        kind={props.stream}
        stream={props.status}
        chosen={props.quality}
        onChoose={props.onQuality}
      />
      <DeviceControls camera={camera} />
      <Control
        label="Lowest delay (WebRTC)"
        pressed={webRtc}
        onClick={() => savePreferences({ live: webRtc ? 'auto' : 'webrtc' })}
      >
        {webRtc ? <IconBoltFilled size={16} /> : <IconBolt size={16} />}
      </Control>
      <Control label={props.figures ? 'Hide figures' : 'Figures'} onClick={props.onFigures}>
        <IconActivity size={16} />
      </Control>
      <Control label={alone ? `${screen} (F)` : screen} onClick={props.onFullScreen}>
        {full ? <IconMinimize size={16} /> : <IconMaximize size={16} />}
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
    <Tooltip label={label} portalProps={useLayer()}>
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
    <Tooltip label={props.label} portalProps={useLayer()}>
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
