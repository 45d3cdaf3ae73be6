import { Button } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import type { VodState } from '@/player/vod/vod-player'
import { causeLook } from '@/timeline/causes'
import { duration, moment, sentences } from '@/words/format'
import classes from './PlayerNotice.module.css'

interface Props {
  state: VodState
  zone: string
  now: number
  /** Where the playhead is to be. */
  at: number
  canSwitchStream: boolean
  canDownload: boolean
  onContinue: () => void
  onRetry: () => void
  onLive: () => void
  /** To the newest footage. */
  onNewest: () => void
  onSwitchStream: () => void
}

/** What the player says over the picture when there is none. */
export function PlayerNotice(props: Props) {
  const { state, zone, now } = props
  const { gap } = state
  if (state.phase === 'gap') {
    const cause = gap ? causeLook(gap.cause) : null
    return (
      <div className={classes.notice} role="status">
        <strong>{cause ? `Nothing recorded: ${cause.label.toLowerCase()}` : 'Nothing recorded here'}</strong>
        {gap && (
          <span className="tabular">
            {moment(gap.start, zone, now)} to {gap.end >= now ? 'now' : moment(gap.end, zone, now)} (
            {duration(Math.min(gap.end, now) - gap.start)})
          </span>
        )}
        {gap && <span>{gap.detail ? sentences(gap.detail) : cause?.text}</span>}
        {state.next !== null && (
          <Button mt={8} onClick={props.onContinue} rightSection={<IconArrowRight size={16} aria-hidden />}>
            Continue at {moment(state.next, zone, now)}
          </Button>
        )}
      </div>
    )
  }
  if (state.phase === 'future')
    return (
      <div className={classes.notice} role="status">
        <strong>That time has not come yet</strong>
        <span className="tabular">The playhead is at {moment(props.at, zone, now)}.</span>
        <div className={classes.actions}>
          <Button variant="default" onClick={props.onNewest}>
            Newest footage
          </Button>
          <Button onClick={props.onLive}>Watch live</Button>
        </div>
      </div>
    )
  if (state.phase === 'failed')
    return (
      <div className={classes.notice} role="alert">
        <strong>This footage cannot be played</strong>
        <span>{state.message}</span>
        <Button mt={8} onClick={props.onRetry}>
          Try again
        </Button>
      </div>
    )
  if (state.phase === 'unsupported')
    return (
      <div className={classes.notice} role="alert">
        <strong>This browser cannot play the camera’s codec</strong>
        <span>
          The footage is whole: {props.canDownload ? 'download it, or use' : 'use'} a browser with H.265.
        </span>
        {props.canSwitchStream && (
          <Button mt={8} onClick={props.onSwitchStream}>
            Play the sub-stream
          </Button>
        )}
      </div>
    )
  if (state.phase === 'edge' || (state.live && state.buffering))
    return (
      <div className={classes.chip} role="status" data-part="edge">
        {state.live ? 'Live edge: it plays as it is recorded.' : 'All that is recorded was played.'}
        <button type="button" className={classes.chipAction} onClick={props.onLive}>
          Watch live
        </button>
      </div>
    )
  if (state.skipped)
    return (
      <div key={state.skipped.to} className={classes.chip} data-passing="" role="status">
        Went over {duration(state.skipped.to - state.skipped.from)} without footage, from{' '}
        {moment(state.skipped.from, zone, now)}
      </div>
    )
  return null
}
