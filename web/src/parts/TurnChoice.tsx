import { SegmentedControl } from '@mantine/core'
import { clockTime, dayName } from '@/words/format'
import { fieldOf, oddity, takeTurn } from '@/words/local-time'
import { offsetName } from '@/words/zone'
import classes from './SpanFields.module.css'

interface Props {
  /** What the time is for: `From`. */
  label: string
  /** A wall time, as fields hold it. */
  value: string
  zone: string
  onChange: (value: string) => void
}

/** Asks which is meant of a typed time that comes twice, and says which is taken for one that does not come at all. */
export function TurnChoice({ label, value, zone, onChange }: Props) {
  const odd = oddity(value, zone)
  if (!odd) return null
  if ('skipped' in odd)
    return (
      <p className={`${classes.note ?? ''} meta`} role="status">
        {label}: the clocks skip this time on {dayName(odd.skipped, zone)}; {clockTime(odd.skipped, zone)} is
        taken.
      </p>
    )
  const [first, second] = odd.twice
  return (
    <div className={classes.turn} role="group" aria-label={`${label}: which of both`}>
      <span className="meta">
        {label}: the clocks go back, and {clockTime(first, zone, 'minute').replace(/ A$/, '')} comes twice.
      </span>
      <SegmentedControl
        size="xs"
        value={value === fieldOf(value) ? 'A' : 'B'}
        onChange={(turn) => onChange(takeTurn(value, turn === 'B'))}
        data={[
          { value: 'A', label: `A: the first (${offsetName(first, zone)})` },
          { value: 'B', label: `B: the second (${offsetName(second, zone)})` },
        ]}
      />
    </div>
  )
}
