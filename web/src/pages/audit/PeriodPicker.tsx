import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { TurnChoice } from '@/parts/TurnChoice'
import { fieldOf, fromLocal, toLocal } from '@/words/local-time'
import { wallTime } from '@/words/zone'
import classes from './Audit.module.css'
import { monthName, months, preset, PRESETS, type ReportSearch } from './period'

interface Props {
  search: ReportSearch
  now: number
  zone: string
  onChange: (search: ReportSearch) => void
}

/** Which period: a press for the usual ones, any month, or from and to. */
export function PeriodPicker({ search, now, zone, onChange }: Props) {
  const [typed, setTyped] = useState<{ from: string; to: string } | null>(null)
  const shown = (value: string | undefined) => (value ? toLocal(Date.parse(value), zone) : '')
  const from = typed?.from ?? shown(search.from)
  const to = typed?.to ?? shown(search.to)
  const start = fromLocal(from, zone)
  const end = fromLocal(to, zone)
  const wrong = start !== null && end !== null && end <= start
  const choose = (chosen: ReportSearch) => {
    setTyped(null)
    onChange(chosen)
  }
  return (
    <section className={`${classes.period ?? ''} ${classes.noPrint ?? ''}`} aria-label="Period">
      <div className={classes.chips}>
        {PRESETS.map((name) => {
          const chosen = preset(name, now, zone)
          return (
            <Button
              key={name}
              variant={chosen.month && chosen.month === search.month ? 'light' : 'default'}
              onClick={() => choose(chosen)}
            >
              {name}
            </Button>
          )
        })}
      </div>
      <div className={classes.filters}>
        <Select
          label="Month"
          placeholder="Any month"
          searchable
          allowDeselect={false}
          data={months(wallTime(now, zone)).map((value) => ({ value, label: monthName(value) }))}
          value={search.month ?? null}
          onChange={(month) => month && choose({ month })}
        />
        <TextInput
          type="datetime-local"
          label={`From (${zone})`}
          value={fieldOf(from)}
          onChange={(event) => setTyped({ from: event.currentTarget.value, to })}
        />
        <TextInput
          type="datetime-local"
          label={`To (${zone})`}
          value={fieldOf(to)}
          error={wrong ? 'The end must be after the start.' : undefined}
          onChange={(event) => setTyped({ from, to: event.currentTarget.value })}
        />
        <TurnChoice
          label="From"
          value={from}
          zone={zone}
          onChange={(value) => setTyped({ from: value, to })}
        />
        <TurnChoice label="To" value={to} zone={zone} onChange={(value) => setTyped({ from, to: value })} />
        {typed && (
          <Button
            className={classes.make ?? ''}
            disabled={start === null || end === null || wrong}
            onClick={() =>
              start !== null &&
              end !== null &&
              choose({ from: new Date(start).toISOString(), to: new Date(end).toISOString() })
            }
          >
            Make the report
          </Button>
        )}
      </div>
    </section>
  )
}
