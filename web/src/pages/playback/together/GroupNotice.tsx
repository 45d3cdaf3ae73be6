import { Button } from '@mantine/core'
import type { GroupState } from '@/player/sync/group'
import { duration, moment } from '@/words/format'
import classes from './Together.module.css'

interface Props {
  state: GroupState
  /** No camera is chosen. */
  empty: boolean
  zone: string
  now: number
  onNow: () => void
  onArrange: () => void
}

/** What is to be said of all cameras at once. */
export function GroupNotice({ state, empty, zone, now, onNow, onArrange }: Props) {
  const { skipped } = state
  if (empty)
    return (
      <div className={classes.empty}>
        <span>No camera is chosen.</span>
        <Button onClick={onArrange}>Choose cameras</Button>
      </div>
    )
  if (state.phase === 'ended')
    return (
      <div className={classes.chip} role="status" data-part="ended">
        {state.rate < 0
          ? 'None of these cameras has footage before this.'
          : 'All that these cameras recorded was played.'}
        {state.rate > 0 && (
          <button type="button" className={classes.chipAction} onClick={onNow}>
            Watch live
          </button>
        )}
      </div>
    )
  if (!skipped) return null
  const [from, to] = [Math.min(skipped.from, skipped.to), Math.max(skipped.from, skipped.to)]
  return (
    <div key={skipped.to} className={classes.chip} data-passing="" role="status">
      Went over {duration(to - from)} without footage of any of these cameras, from {moment(from, zone, now)}
    </div>
  )
}
