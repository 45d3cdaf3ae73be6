import {
  IconChevronLeftPipe,
  IconChevronRightPipe,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipForward,
  IconRewindBackward5,
  IconRewindForward5,
} from '@tabler/icons-react'
import type { PlaybackActions } from './actions'
import { Tool } from './Tool'
import classes from './Transport.module.css'

interface Props {
  playing: boolean
  /** There is a picture to step from. */
  ready: boolean
  /** What comes next. */
  next: string
  actions: PlaybackActions
}

/** Play, skip and step: of one camera or of all at once. */
export function PlayTools({ playing, ready, next, actions }: Props) {
  return (
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
      <Tool label={next} keys="N" onClick={actions.nextRecording}>
        <IconPlayerSkipForward size={20} stroke={1.5} />
      </Tool>
    </div>
  )
}
