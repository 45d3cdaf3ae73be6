import { Button, Group, Select, TextInput } from '@mantine/core'
import { count, WEEKDAY_NAMES } from '@/words/format'
import { ALWAYS, bars, formatWeek, NIGHTS_AND_WEEKENDS, parseDay, WORKING_HOURS } from '@/words/week'
import classes from './WeekEditor.module.css'

interface Props {
  week: string[]
  timezone: string
  error: string | undefined
  /** What stands in a day without hours. */
  empty: string
  /** What is done in these hours: `This plan records`. */
  sum: string
  /** The name of the field for the time zone. */
  zoneLabel: string
  onWeek: (week: string[]) => void
  onTimezone: (timezone: string) => void
}

const TEMPLATES = [
  { label: 'Working hours', week: WORKING_HOURS },
  { label: 'Nights and weekends', week: NIGHTS_AND_WEEKENDS },
  { label: 'Always', week: ALWAYS },
]

/** A week as seven lines of text, each with a picture of its day. */
export function WeekEditor({ week, timezone, error, empty, sum, zoneLabel, onWeek, onTimezone }: Props) {
  const drawn = bars(week)
  const hours = drawn.flat().reduce((sum, bar) => sum + (bar.to - bar.from) * 24, 0)
  return (
    <div className={classes.editor}>
      <Group gap="sm">
        {TEMPLATES.map((template) => (
          <Button key={template.label} variant="default" onClick={() => onWeek(formatWeek(template.week))}>
            {template.label}
          </Button>
        ))}
        <Button
          variant="default"
          onClick={() => onWeek(week.map((day, i) => (i < 5 ? (week[0] ?? day) : day)))}
        >
          Monday for all weekdays
        </Button>
      </Group>
      <div className={classes.days}>
        {week.map((text, day) => {
          const wrong = parseDay(text)
          return (
            <div key={day} className={classes.day}>
              <label htmlFor={`plan-${day}`}>{WEEKDAY_NAMES[day]?.slice(0, 3)}</label>
              <div className={classes.bar} aria-hidden>
                {drawn[day]?.map(({ from, to }) => (
                  <i key={from} style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }} />
                ))}
              </div>
              <TextInput
                id={`plan-${day}`}
                aria-label={WEEKDAY_NAMES[day]}
                value={text}
                placeholder={empty}
                error={typeof wrong === 'string' ? wrong : undefined}
                onChange={(event) => onWeek(week.with(day, event.currentTarget.value))}
              />
            </div>
          )
        })}
      </div>
      <p className="meta">
        As 08:00–18:00, several with commas; 22:00–06:00 goes on into the next day. {sum}{' '}
        {count(Math.round(hours), 'hour')} a week.
      </p>
      {error && (
        <p className={classes.error} role="alert">
          {error}
        </p>
      )}
      <Select
        label={zoneLabel}
        data={Intl.supportedValuesOf('timeZone')}
        value={timezone}
        onChange={(value) => value && onTimezone(value)}
        searchable
        allowDeselect={false}
        maw={320}
      />
    </div>
  )
}
