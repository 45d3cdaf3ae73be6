import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconCalendar, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { calendarQuery } from '@/api/queries'
import { dayName, MONTH_NAMES, WEEKDAY_NAMES } from '@/words/format'
import { SHARE_MEANS, shareName } from '@/words/share'
import type { Calendar } from '@/api/types'
import { addDays, instant, startOfDay, wallTime } from '@/words/zone'
import classes from './DayPicker.module.css'
import { monthKey, shiftMonth, weeksOf, type Month } from './month'

interface Props {
  camera: string
  zone: string
  /** An instant of the shown day. */
  at: number
  now: number
  onDay: (start: number, end: number) => void
}

/** The day in view, one back, one on, and a month to choose from with how much of each day was recorded. */
export function DayPicker({ camera, zone, at, now, onDay }: Props) {
  const [open, setOpen] = useState(false)
  const today = startOfDay(at, zone)
  const tomorrow = addDays(at, 1, zone)
  const pick = (start: number) => {
    onDay(start, addDays(start, 1, zone))
    setOpen(false)
  }
  return (
    <div className={classes.picker} role="group" aria-label="Day">
      <Tooltip label="Day before">
        <ActionIcon aria-label="Day before" onClick={() => pick(addDays(at, -1, zone))}>
          <IconChevronLeft size={16} />
        </ActionIcon>
      </Tooltip>
      <Popover opened={open} onChange={setOpen} position="bottom" trapFocus returnFocus>
        <Popover.Target>
          <Button
            variant="default"
            leftSection={<IconCalendar size={16} aria-hidden />}
            onClick={() => setOpen(!open)}
          >
            <time>
              {dayName(at, zone)}
              <span className={classes.year}> {wallTime(at, zone).year}</span>
            </time>
          </Button>
        </Popover.Target>
        {/* A label of its own: else it is named after its button, whatever aria-label says. */}
        <Popover.Dropdown aria-labelledby="choose-a-day">
          <span id="choose-a-day" className="visually-hidden">
            Choose a day
          </span>
          {open && <MonthView camera={camera} zone={zone} shown={today} now={now} onPick={pick} />}
        </Popover.Dropdown>
      </Popover>
      <Tooltip label="Day after">
        <ActionIcon aria-label="Day after" onClick={() => pick(tomorrow)} disabled={tomorrow > now}>
          <IconChevronRight size={16} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}

interface MonthProps {
  camera: string
  zone: string
  /** Midnight of the day in view. */
  shown: number
  now: number
  onPick: (start: number) => void
}

function MonthView({ camera, zone, shown, now, onPick }: MonthProps) {
  const [month, setMonth] = useState<Month>(() => wallTime(shown, zone))
  const calendar = useQuery(calendarQuery(camera, monthKey(month), zone))
  const recorded = new Map(calendar.data?.days.map((day) => [day.date, day]))
  return (
    <div className={classes.month}>
      <div className={classes.head}>
        <ActionIcon aria-label="Month before" onClick={() => setMonth(shiftMonth(month, -1))}>
          <IconChevronLeft size={16} />
        </ActionIcon>
        <h2 aria-live="polite">
          {MONTH_NAMES[month.month - 1]} {month.year}
        </h2>
        <ActionIcon
          aria-label="Month after"
          onClick={() => setMonth(shiftMonth(month, 1))}
          disabled={instant({ ...shiftMonth(month, 1), day: 1 }, zone) > now}
        >
          <IconChevronRight size={16} />
        </ActionIcon>
      </div>
      <table className={classes.days}>
        <thead>
          <tr>
            {WEEKDAY_NAMES.map((name) => (
              <th key={name} scope="col" abbr={name}>
                {name.slice(0, 2)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week, row) => (
            <tr key={row}>
              {week.map((day, column) => (
                <td key={column}>
                  {day !== null && (
                    <Day
                      day={day}
                      month={month}
                      zone={zone}
                      shown={shown}
                      now={now}
                      found={recorded.get(`${monthKey(month)}-${String(day).padStart(2, '0')}`)}
                      onPick={onPick}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="meta">
        {calendar.error
          ? 'What was recorded could not be fetched.'
          : `Filled: ${SHARE_MEANS.charAt(0).toLowerCase()}${SHARE_MEANS.slice(1)}`}
      </p>
    </div>
  )
}

interface DayProps extends Omit<MonthProps, 'camera'> {
  day: number
  month: Month
  /** Undefined until it is fetched. */
  found: Calendar['days'][number] | undefined
}

function Day({ day, month, zone, shown, now, found, onPick }: DayProps) {
  const start = instant({ ...month, day, hour: 0, minute: 0, second: 0, ms: 0 }, zone)
  const isShown = start === shown
  const footage = (found?.recorded_ms ?? 0) > 0
  const share = found?.percent ?? null
  return (
    <button
      type="button"
      className={classes.day}
      disabled={start > now}
      data-footage={footage ? '' : undefined}
      data-today={start === startOfDay(now, zone) ? '' : undefined}
      aria-current={isShown ? 'date' : undefined}
      aria-label={`${dayName(start, zone)}, ${footage ? `${shareName(share)} recorded` : 'nothing recorded'}`}
      onClick={() => onPick(start)}
    >
      <span className={classes.fill} style={{ height: `${footage ? Math.max(8, share ?? 0) : 0}%` }} />
      <span className={classes.number}>{day}</span>
    </button>
  )
}
