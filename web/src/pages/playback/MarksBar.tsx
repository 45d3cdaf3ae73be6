import { ActionIcon, Tooltip } from '@mantine/core'
import { IconRepeat, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { spanOf, type Mark, type Marks } from '@/player/marks'
import { clockTime, duration, moment } from '@/words/format'
import classes from './MarksBar.module.css'

interface Props {
  marks: Marks
  loop: boolean
  zone: string
  now: number
  onJump: (which: Mark) => void
  onLoop: () => void
  onClear: () => void
  /** What else can be made of the marked span. */
  children?: ReactNode
}

/** What is marked: from when, to when, how long, and what can be done with it. */
export function MarksBar({ marks, loop, zone, now, onJump, onLoop, onClear, children }: Props) {
  const span = spanOf(marks)
  if (marks.in === null && marks.out === null) return null
  return (
    <div className={classes.bar} role="toolbar" aria-label="Marked span">
      <Ends label="In" at={marks.in} zone={zone} now={now} keys="I" onClick={() => onJump('in')} />
      <Ends label="Out" at={marks.out} zone={zone} now={now} keys="O" onClick={() => onJump('out')} />
      <span className={classes.length} data-part="marked-length">
        {span ? length(span.end - span.start) : ''}
      </span>
      <span className={classes.tools}>
        <Tooltip label={loop ? 'Play on after the out mark (R)' : 'Play it again and again (R)'}>
          <ActionIcon
            aria-label="Loop"
            aria-pressed={loop}
            variant={loop ? 'light' : 'subtle'}
            color={loop ? 'accent' : 'gray'}
            disabled={!span}
            onClick={onLoop}
          >
            <IconRepeat size={18} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
        {children}
        <Tooltip label="Clear the marks (X)">
          <ActionIcon aria-label="Clear the marks" variant="subtle" color="gray" onClick={onClear}>
            <IconX size={18} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      </span>
    </div>
  )
}

interface EndsProps {
  label: string
  at: number | null
  zone: string
  now: number
  keys: string
  onClick: () => void
}

function Ends({ label, at, zone, now, keys, onClick }: EndsProps) {
  if (at === null)
    return (
      <span className={classes.missing}>
        {label}: press {keys}
      </span>
    )
  return (
    <Tooltip label={`Go there (Shift ${keys})`}>
      <button
        type="button"
        className={classes.end}
        onClick={onClick}
        aria-label={`Go to the ${label.toLowerCase()} mark`}
      >
        <span className="meta">{label}</span>{' '}
        <time dateTime={new Date(at).toISOString()} title={clockTime(at, zone, 'ms')}>
          {moment(at, zone, now, 'ms')}
        </time>
      </button>
    </Tooltip>
  )
}

/** Of short spans to a tenth of a second. */
function length(ms: number): string {
  return ms < 60_000 && ms >= 1000 ? `${(ms / 1000).toFixed(1)} s` : duration(ms)
}
