import { TextInput } from '@mantine/core'
import { useId } from 'react'
import { useNow } from '@/state/hooks'
import { fieldOf, fromLocal } from '@/words/local-time'
import { zoneName } from '@/words/zone'
import classes from './SpanFields.module.css'
import { TurnChoice } from './TurnChoice'

interface End {
  label: string
  description?: string
  /** A wall time, as fields hold it. */
  value: string
  error?: string | undefined
}

interface Props {
  /** What both are typed in, and what is named below them. */
  zone: string
  from: End
  to: End
  /** With seconds, and both have to be there. */
  exact?: boolean
  onFrom: (value: string) => void
  onTo: (value: string) => void
}

/** The beginning and the end of a span of time, with the time zone of both. */
export function SpanFields({ zone, from, to, exact = false, onFrom, onTo }: Props) {
  const note = useId()
  const now = useNow(60_000)
  const common = {
    type: 'datetime-local',
    required: exact,
    'aria-describedby': note,
    ...(exact ? { step: 1 } : {}),
  }
  return (
    <div>
      <div className={classes.pair}>
        <TextInput
          {...common}
          {...from}
          value={fieldOf(from.value)}
          onChange={(event) => onFrom(event.currentTarget.value)}
        />
        <TextInput
          {...common}
          {...to}
          value={fieldOf(to.value)}
          onChange={(event) => onTo(event.currentTarget.value)}
        />
      </div>
      <TurnChoice label={from.label} value={from.value} zone={zone} onChange={onFrom} />
      <TurnChoice label={to.label} value={to.value} zone={zone} onChange={onTo} />
      <p id={note} className={`${classes.note ?? ''} meta`}>
        Times are those of {zoneName(fromLocal(from.value, zone) ?? now, zone)}.
      </p>
    </div>
  )
}
