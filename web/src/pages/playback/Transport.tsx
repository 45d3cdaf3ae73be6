import { Slider } from '@mantine/core'
import {
  IconCamera,
  IconBracketsContainEnd,
  IconBracketsContainStart,
  IconMaximize,
  IconVolume,
  IconVolumeOff,
  IconZoomIn,
  IconZoomOut,
  IconZoomScan,
} from '@tabler/icons-react'
import type { VodState } from '@/player/vod/state'
import type { Choice } from '@/player/vod/uplink'
import { savePreferences } from '@/state/preferences'
import type { PlaybackActions } from './actions'
import { MoreMenu } from './MoreMenu'
import { PlayTools } from './PlayTools'
import { SpeedMenu } from './SpeedMenu'
import { StreamMenu } from './StreamMenu'
import { Tool } from './Tool'
import classes from './Transport.module.css'
import type { Finding } from './find/useFind'
import { WallClock } from './WallClock'

interface Props {
  state: VodState | null
  zone: string
  wallMs: () => number | null
  muted: boolean
  volume: number
  actions: PlaybackActions
  finding: Pick<Finding, 'open' | 'toggle'>
  /** Null where there is only one recording. */
  onStream: ((choice: Choice) => void) | null
  onPictureInPicture: (() => void) | null
}

/** The player's controls. */
export function Transport({ state, zone, wallMs, muted, actions, finding, ...props }: Props) {
  const playing = state !== null && state.playing && state.phase !== 'gap' && state.phase !== 'future'
  const ready = state?.phase === 'ready'
  return (
    <div className={classes.bar} role="toolbar" aria-label="Player">
      <PlayTools playing={playing} ready={ready} next="Next recording or bookmark" actions={actions} />
      <div className={classes.clock}>
        <WallClock wallMs={wallMs} zone={zone} />
      </div>
      <div className={classes.group}>
        <SpeedMenu rate={state?.rate ?? 1} onRate={actions.setRate} />
        {state && props.onStream && <StreamMenu state={state} onChoose={props.onStream} />}
        <Tool label="Mark in" keys="I" onClick={() => actions.mark('in')}>
          <IconBracketsContainStart size={20} stroke={1.5} />
        </Tool>
        <Tool label="Mark out" keys="O" onClick={() => actions.mark('out')}>
          <IconBracketsContainEnd size={20} stroke={1.5} />
        </Tool>
        <Tool label={muted ? 'Sound on' : 'Sound off'} keys="M" onClick={actions.toggleMute}>
          {muted ? <IconVolumeOff size={20} stroke={1.5} /> : <IconVolume size={20} stroke={1.5} />}
        </Tool>
        {!muted && state?.sound && (
          <div className={classes.volume} data-own-arrows="">
            <Slider
              size="xs"
              value={props.volume}
              min={0}
              max={1}
              step={0.05}
              label={null}
              thumbLabel="Volume"
              onChange={(volume) => savePreferences({ volume })}
            />
          </div>
        )}
        <Tool label="Snapshot" keys="S" onClick={actions.snapshot} disabled={!ready}>
          <IconCamera size={20} stroke={1.5} />
        </Tool>
        <Tool label="Find changes" keys="C" onClick={finding.toggle} pressed={finding.open}>
          <IconZoomScan size={20} stroke={1.5} />
        </Tool>
        <Tool label="Zoom out" keys="↓" onClick={() => actions.zoom(1.6)} byHand>
          <IconZoomOut size={20} stroke={1.5} />
        </Tool>
        <Tool label="Zoom in" keys="↑" onClick={() => actions.zoom(1 / 1.6)} byHand>
          <IconZoomIn size={20} stroke={1.5} />
        </Tool>
        <Tool label="Full screen" keys="F" onClick={actions.fullScreen}>
          <IconMaximize size={20} stroke={1.5} />
        </Tool>
        <MoreMenu
          actions={actions}
          onPictureInPicture={props.onPictureInPicture}
          className={classes.tool ?? ''}
        />
      </div>
    </div>
  )
}
