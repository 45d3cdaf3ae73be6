import { Button } from '@mantine/core'
import type { TrackState } from '@/player/sync/track'
import { causeLook, isLacking } from '@/timeline/causes'
import { clockTime, dayName, sentences } from '@/words/format'
import classes from './TogetherTile.module.css'

interface Props {
  name: string
  state: Pick<TrackState, 'phase' | 'gap' | 'next' | 'message'>
  zone: string
  now: number
  onRetry: () => void
}

/** What a tile says in place of its picture; nothing while there is one. */
export function TileNotice({ name, state, zone, now, onRetry }: Props) {
  switch (state.phase) {
    case 'gap': {
      const cause = state.gap ? causeLook(state.gap.cause) : null
      return (
        <div className={classes.notice} role="status">
          <strong>{cause ? cause.label : 'Nothing recorded'}</strong>
          <span className="tabular">{goesOn(state, zone, now)}</span>
          {cause && (
            <span className={classes.more}>
              {state.gap?.detail ? sentences(state.gap.detail) : cause.text}
            </span>
          )}
        </div>
      )
    }
    case 'refused':
      return <Closed name={name} />
    case 'unsupported':
      return (
        <div className={classes.notice} role="status">
          <strong>This browser cannot play its codec</strong>
          <span className={classes.more}>The footage is whole. Use a browser with H.265.</span>
        </div>
      )
    case 'failed':
      return (
        <div className={classes.notice} role="status">
          <strong>Cannot be played</strong>
          <span>{state.message}</span>
          <Button variant="default" size="compact-sm" mt={8} onClick={onRetry}>
            Try again
          </Button>
        </div>
      )
    default:
      return null
  }
}

/** Of a camera whose footage one may not watch, or that is not there. */
export function Closed({ name }: { name: string }) {
  return (
    <div className={classes.notice} role="status">
      <strong>{name} is not open to you</strong>
      <span className={classes.more}>
        You may not watch its footage (any more). Ask an administrator for the permission.
      </span>
    </div>
  )
}

/** `Nothing recorded until 14:20:05`, with the day where that is another one. */
function goesOn({ gap, next }: Props['state'], zone: string, now: number): string {
  const end = next ?? (gap && gap.end < now ? gap.end : null)
  const lacks = gap !== null && isLacking(gap.cause)
  if (end === null) {
    if (lacks) return 'No other footage comes after this'
    return gap ? 'Nothing recorded since' : 'Nothing comes after this'
  }
  const day = gap && dayName(gap.start, zone) === dayName(end, zone) ? '' : `${dayName(end, zone)}, `
  return `${lacks ? 'Can’t be had' : 'Nothing recorded'} until ${day}${clockTime(end, zone)}`
}
