import { Button } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { VodState } from '@/player/vod/vod-player'
import { causeLook, isLacking } from '@/timeline/causes'
import { duration, moment, sentences, stretch } from '@/words/format'
import { locate } from './locate'
import classes from './PlayerNotice.module.css'

interface Props {
  camera: string
  state: VodState
  zone: string
  now: number
  /** Where the playhead is to be. */
  at: number
  canSwitchStream: boolean
  canDownload: boolean
  onContinue: () => void
  /** Not to go on by itself. */
  onStay: () => void
  onRetry: () => void
  onLive: () => void
  /** To the newest footage. */
  onNewest: () => void
  onSwitchStream: () => void
}

// So long the words of a gap stand before it goes on by itself, and only to footage that is as near as this.
const READ_MS = 5_000
const NEAR_MS = 3_600_000
// Pictures are shown a moment after they are due.
const SAME_MS = 3_000

/** What the player says over the picture when there is none. */
export function PlayerNotice(props: Props) {
  const { state, zone, now } = props
  if (state.phase === 'gap') return <GapNotice {...props} />
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
  if (state.oldest)
    return (
      <div className={classes.chip} role="status" data-part="oldest">
        This is the oldest footage of this camera.
      </div>
    )
  if (state.skipped) return <Passed key={state.skipped.to} {...props} skipped={state.skipped} />
  return null
}

/** Why there is nothing at the playhead. What plays goes on by itself after a while, when footage is near. */
function GapNotice({ state, zone, now, at, onContinue, onStay }: Props) {
  const { gap, next, playing, rate } = state
  const cause = gap ? causeLook(gap.cause) : null
  const alone = playing && rate > 0 && next !== null && next - at < NEAR_MS
  const goOn = useRef(onContinue)
  useEffect(() => {
    goOn.current = onContinue
  })
  useEffect(() => {
    if (!alone) return
    const timer = window.setTimeout(() => goOn.current(), READ_MS)
    return () => window.clearTimeout(timer)
  }, [alone, next])
  return (
    <div className={classes.notice} role="status">
      <strong>{heading(gap?.cause)}</strong>
      {gap && (
        <span className="tabular">
          {gap.end >= now ? `${moment(gap.start, zone, now)} to now` : stretch(gap.start, gap.end, zone, now)}{' '}
          ({duration(Math.min(gap.end, now) - gap.start)})
        </span>
      )}
      {gap && <span>{gap.detail ? sentences(gap.detail) : cause?.text}</span>}
      {next !== null && (
        <div className={classes.actions}>
          {alone && (
            <Button variant="default" onClick={onStay}>
              Stay here
            </Button>
          )}
          <Button onClick={onContinue} rightSection={<IconArrowRight size={16} aria-hidden />}>
            Continue at {moment(next, zone, now)}
          </Button>
        </div>
      )}
      {alone && <span>It goes on there by itself in a few seconds.</span>}
    </div>
  )
}

/** A gap that was just passed, and why there was nothing. */
function Passed({ camera, state, skipped, zone, now }: Props & { skipped: { from: number; to: number } }) {
  // Backwards it was gone over from its end to its beginning.
  const [from, to] = [Math.min(skipped.from, skipped.to), Math.max(skipped.from, skipped.to)]
  // The ends are those of pictures: its middle is in the gap.
  const middle = Math.round((from + to) / 2)
  const { data: gap, isPending } = useQuery({
    queryKey: ['passed-gap', camera, state.stream, middle],
    queryFn: async () => (await locate(camera, state.stream, middle)).gap,
    staleTime: Infinity,
    retry: false,
  })
  if (isPending) return null
  // Several gaps in a row are told as one; a single one by its own ends.
  const whole = gap && Math.abs(gap.start - from) < SAME_MS && Math.abs(gap.end - to) < SAME_MS
  const [start, end] = whole ? [gap.start, gap.end] : [from, to]
  return (
    <div className={classes.chip} data-passing="" role="status">
      Went over {duration(end - start)}{' '}
      {gap && isLacking(gap.cause) ? 'that can’t be had' : 'without footage'}
      {gap && ` (${causeLook(gap.cause).label.toLowerCase()}${whole ? '' : ' and more'})`}, from{' '}
      {moment(start, zone, now)}
    </div>
  )
}

function heading(cause: string | undefined): string {
  if (cause === undefined) return 'Nothing recorded here'
  const label = causeLook(cause).label.toLowerCase()
  return isLacking(cause) ? `This footage can’t be had: ${label}` : `Nothing recorded: ${label}`
}
