import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import {
  IconCamera,
  IconCheck,
  IconDownload,
  IconMaximize,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipForward,
  IconChevronRightPipe,
  IconChevronLeftPipe,
  IconRewindBackward5,
  IconRewindForward5,
  IconVolume,
  IconVolumeOff,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react'
import { type ReactNode } from 'react'
import type { VodState } from '@/player/vod/vod-player'
import { SPEEDS, type PlaybackActions } from './actions'
import classes from './Transport.module.css'
import { WallClock } from './WallClock'

interface Props {
  state: VodState | null
  zone: string
  wallMs: () => number | null
  muted: boolean
  actions: PlaybackActions
}

/** The player's controls. */
export function Transport({ state, zone, wallMs, muted, actions }: Props) {
  const playing = state?.playing && state.phase !== 'gap' && state.phase !== 'future'
  const ready = state?.phase === 'ready'
  return (
    <div className={classes.bar} role="toolbar" aria-label="Player">
      <div className={classes.group}>
        <Tool label="Back 5 s" keys="←" onClick={() => actions.skip(-5000)}>
          <IconRewindBackward5 size={20} stroke={1.5} />
        </Tool>
        <Tool label="Frame back" keys="," onClick={() => actions.step(-1)} disabled={!ready}>
          <IconChevronLeftPipe size={20} stroke={1.5} />
        </Tool>
        <Tool label={playing ? 'Pause' : 'Play'} keys="Space" onClick={actions.toggle} main>
          {playing ? <IconPlayerPauseFilled size={20} /> : <IconPlayerPlayFilled size={20} />}
        </Tool>
        <Tool label="Frame on" keys="." onClick={() => actions.step(1)} disabled={!ready}>
          <IconChevronRightPipe size={20} stroke={1.5} />
        </Tool>
        <Tool label="On 5 s" keys="→" onClick={() => actions.skip(5000)}>
          <IconRewindForward5 size={20} stroke={1.5} />
        </Tool>
        <Tool label="Next recording" keys="N" onClick={actions.nextRecording}>
          <IconPlayerSkipForward size={20} stroke={1.5} />
        </Tool>
      </div>
      <div className={classes.clock}>
        <WallClock wallMs={wallMs} zone={zone} />
      </div>
      <div className={classes.group}>
        <Speed rate={state?.rate ?? 1} onRate={actions.setRate} />
        <Tool label={muted ? 'Sound on' : 'Sound off'} keys="M" onClick={actions.toggleMute}>
          {muted ? <IconVolumeOff size={20} stroke={1.5} /> : <IconVolume size={20} stroke={1.5} />}
        </Tool>
        <Tool label="Snapshot" keys="S" onClick={actions.snapshot} disabled={!ready}>
          <IconCamera size={20} stroke={1.5} />
        </Tool>
        {actions.download && (
          <Tool label="Download this recording" onClick={actions.download}>
            <IconDownload size={20} stroke={1.5} />
          </Tool>
        )}
        <Tool label="Zoom out" keys="↓" onClick={() => actions.zoom(1.6)}>
          <IconZoomOut size={20} stroke={1.5} />
        </Tool>
        <Tool label="Zoom in" keys="↑" onClick={() => actions.zoom(1 / 1.6)}>
          <IconZoomIn size={20} stroke={1.5} />
        </Tool>
        <Tool label="Full screen" keys="F" onClick={actions.fullScreen}>
          <IconMaximize size={20} stroke={1.5} />
        </Tool>
      </div>
    </div>
  )
}

interface ToolProps {
  label: string
  keys?: string
  onClick: () => void
  disabled?: boolean
  main?: boolean
  children: ReactNode
}

function Tool({ label, keys, onClick, disabled, main, children }: ToolProps) {
  return (
    <Tooltip label={keys ? `${label} (${keys})` : label}>
      <ActionIcon
        aria-label={label}
        onClick={onClick}
        disabled={disabled}
        variant={main ? 'filled' : 'subtle'}
        color={main ? 'accent' : 'gray'}
        className={classes.tool}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}

function Speed({ rate, onRate }: { rate: number; onRate: (rate: number) => void }) {
  return (
    <Menu position="top" portalProps={{ target: '#main' }}>
      <Menu.Target>
        <button type="button" className={classes.speed} aria-label={`Speed ${speedName(rate)}`}>
          {speedName(rate)}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {SPEEDS.map((speed) => (
          <Menu.Item
            key={speed}
            onClick={() => onRate(speed)}
            rightSection={speed === rate ? <IconCheck size={14} aria-label="chosen" /> : null}
          >
            {speedName(speed)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function speedName(rate: number): string {
  return `${rate < 0 ? '−' : ''}${Math.abs(rate)}×`
}
