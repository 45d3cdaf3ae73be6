import { Button, Chip as Toggle, MultiSelect, NumberInput, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconAdjustmentsHorizontal, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { camerasQuery, removedQuery } from '@/api/queries'
import { wallZonesQuery } from '@/api/walls'
import { SpanFields } from '@/parts/SpanFields'
import { useZone } from '@/state/hooks'
import { causeLook } from '@/timeline/causes'
import { fromLocal, toLocal } from '@/words/local-time'
import classes from './Recordings.module.css'
import {
  activeFilters,
  CAUSES,
  dayWord,
  listed,
  PERIODS,
  spanOf,
  USUAL_DAYS,
  WEEKDAYS,
  without,
  type FindSearch,
} from './search'

const CUSTOM = 'custom'

interface Props {
  kind: 'recordings' | 'gaps'
  search: FindSearch
  /** Stands for now. */
  now: number
  onChange: (search: FindSearch) => void
}

/** What is searched for: the usual at sight, the rest behind a button, and what is on as chips that go by a press. */
export function Filters({ kind, search, now, onChange }: Props) {
  const zone = useZone()
  const cameras = useQuery(camerasQuery).data ?? []
  const removed = useQuery(removedQuery).data ?? []
  const zones = useQuery(wallZonesQuery).data ?? []
  const [more, setMore] = useState(false)
  const choices = [...cameras, ...removed].map(({ slug, name }) => ({ value: slug, label: name }))
  const named = (what: 'camera' | 'zone', key: string) =>
    (what === 'camera'
      ? choices.find(({ value }) => value === key)?.label
      : zones.find(({ id }) => id === key)?.name) ?? key
  const active = activeFilters(search, kind, zone, named)
  const set = (change: Partial<Record<keyof FindSearch, unknown>>) => {
    const next = Object.entries({ ...search, ...change }).filter(
      ([, value]) => value !== undefined && value !== null && value !== '',
    )
    onChange(Object.fromEntries(next))
  }
  const period = (value: string | null) => {
    const plain = without(search, 'days', 'from', 'to')
    const { from, to = new Date(now).toISOString() } = spanOf(search, now)
    if (value === CUSTOM) onChange({ ...plain, from, to })
    else onChange({ ...plain, ...(Number(value) === USUAL_DAYS ? {} : { days: Number(value) }) })
  }
  return (
    <section aria-label="Filters" className={classes.filters}>
      <div className={classes.bar}>
        <Select
          aria-label="Period"
          allowDeselect={false}
          data={[
            ...PERIODS.map(({ days, label }) => ({ value: String(days), label })),
            { value: CUSTOM, label: 'From and to…' },
          ]}
          value={search.from ? CUSTOM : String(search.days ?? USUAL_DAYS)}
          onChange={period}
        />
        <MultiSelect
          aria-label="Cameras"
          placeholder={search.camera ? '' : 'All cameras'}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'All cameras' }}
          className={classes.cameras}
          data={choices}
          value={search.camera?.split(',') ?? []}
          onChange={(slugs) => set({ camera: slugs.join(',') })}
        />
        {zones.length > 0 && (
          <Select
            aria-label="Zone"
            placeholder="Any zone"
            clearable
            clearButtonProps={{ 'aria-label': 'Any zone' }}
            data={zones.map(({ id, name }) => ({ value: id, label: name }))}
            value={search.zone ?? null}
            onChange={(value) => set({ zone: value })}
          />
        )}
        <MultiSelect
          aria-label={kind === 'gaps' ? 'Cause' : 'Next to a gap'}
          placeholder={search.cause ? '' : kind === 'gaps' ? 'Any cause' : 'Next to a gap by…'}
          clearable
          clearButtonProps={{ 'aria-label': 'Any cause' }}
          data={CAUSES.map((cause) => ({ value: cause, label: causeLook(cause).label }))}
          value={listed(search.cause, CAUSES)}
          onChange={(causes) => set({ cause: causes.join(',') })}
        />
        <Button
          variant="default"
          leftSection={<IconAdjustmentsHorizontal size={16} aria-hidden />}
          aria-expanded={more}
          onClick={() => setMore(!more)}
        >
          More filters
        </Button>
      </div>
      {search.from && search.to && (
        <Span
          key={`${search.from} ${search.to}`}
          from={search.from}
          to={search.to}
          zone={zone}
          onChange={set}
        />
      )}
      {more && <More kind={kind} search={search} zone={zone} set={set} />}
      {active.length > 0 && (
        <ul className={classes.active} aria-label="Filters that are on">
          {active.map(({ names, label }) => (
            <li key={names.join()}>
              <button
                type="button"
                className={classes.chip}
                aria-label={`Take away: ${label}`}
                onClick={() => onChange(without(search, ...names))}
              >
                {label}
                <IconX size={12} aria-hidden />
              </button>
            </li>
          ))}
          <li>
            <Button variant="subtle" size="compact-sm" onClick={() => onChange({})}>
              Clear all
            </Button>
          </li>
        </ul>
      )}
    </section>
  )
}

interface Change {
  search: FindSearch
  set: (change: Partial<Record<keyof FindSearch, unknown>>) => void
}

function More({ kind, search, zone, set }: Change & { kind: Props['kind']; zone: string }) {
  const [begin = '', end = ''] = search.hours?.split('-') ?? []
  const hours = (from: string, to: string) =>
    set({ hours: from || to ? `${from || '00:00'}-${to === '00:00' || !to ? '24:00' : to}` : undefined })
  return (
    <div className={classes.more}>
      <fieldset className={classes.group}>
        <legend>Days of the week</legend>
        <Toggle.Group
          multiple
          value={listed(search.week, WEEKDAYS)}
          onChange={(days) => set({ week: days.length === 7 ? undefined : days.join(',') })}
        >
          <div className={classes.days}>
            {WEEKDAYS.map((day) => (
              <Toggle key={day} value={day} size="xs">
                {dayWord(day)}
              </Toggle>
            ))}
          </div>
        </Toggle.Group>
      </fieldset>
      <fieldset className={classes.group}>
        <legend>Time of day ({zone})</legend>
        <div className={classes.pair}>
          <TextInput
            type="time"
            aria-label="Hours from"
            value={begin}
            onChange={(event) => hours(event.currentTarget.value, end)}
          />
          <span aria-hidden>to</span>
          <TextInput
            type="time"
            aria-label="Hours to"
            value={end === '24:00' ? '00:00' : end}
            onChange={(event) => hours(begin, event.currentTarget.value)}
          />
        </div>
        {begin && end && end <= begin && (
          <p className="meta">Over midnight, from the days that are chosen.</p>
        )}
      </fieldset>
      <Limits label="Length, seconds" names={['min', 'max']} search={search} set={set} />
      {kind === 'recordings' && (
        <>
          <Limits label="Size, MB" names={['least', 'most']} search={search} set={set} />
          <Select
            label="Hold"
            placeholder="Held or not"
            clearable
            data={[
              { value: 'yes', label: 'On hold' },
              { value: 'no', label: 'Not on hold' },
            ]}
            value={search.held ?? null}
            onChange={(value) => set({ held: value })}
          />
        </>
      )}
      <Select
        label="Stream"
        placeholder="Main and sub"
        clearable
        data={[
          { value: 'main', label: 'Main' },
          { value: 'sub', label: 'Sub' },
        ]}
        value={search.stream ?? null}
        onChange={(value) => set({ stream: value })}
      />
    </div>
  )
}

function Limits({
  label,
  names,
  search,
  set,
}: Change & { label: string; names: ['min' | 'least', 'max' | 'most'] }) {
  const [least, most] = names
  const wrong = search[least] !== undefined && search[most] !== undefined && search[most] < search[least]
  return (
    <fieldset className={classes.group}>
      <legend>{label}</legend>
      <div className={classes.pair}>
        {names.map((name, number) => (
          <NumberInput
            key={name}
            aria-label={`${label}: ${number === 0 ? 'at least' : 'at most'}`}
            placeholder={number === 0 ? 'at least' : 'at most'}
            min={0}
            max={999_999_999}
            hideControls
            error={number === 1 && wrong}
            value={search[name] ?? ''}
            onChange={(value) => set({ [name]: value === '' ? undefined : Number(value) })}
          />
        ))}
      </div>
      {wrong && <p role="alert">The most is less than the least.</p>}
    </fieldset>
  )
}

function Span(props: { from: string; to: string; zone: string; onChange: Change['set'] }) {
  const { zone, onChange } = props
  const [from, setFrom] = useState(toLocal(Date.parse(props.from), zone))
  const [to, setTo] = useState(toLocal(Date.parse(props.to), zone))
  const start = fromLocal(from, zone)
  const end = fromLocal(to, zone)
  const wrong = start !== null && end !== null && end <= start
  return (
    <div className={classes.span}>
      <SpanFields
        zone={zone}
        from={{ label: 'From', value: from }}
        to={{ label: 'To', value: to, error: wrong ? 'The end must be after the start.' : undefined }}
        onFrom={setFrom}
        onTo={setTo}
      />
      <Button
        disabled={start === null || end === null || wrong}
        onClick={() =>
          start !== null &&
          end !== null &&
          onChange({ from: new Date(start).toISOString(), to: new Date(end).toISOString() })
        }
      >
        Show
      </Button>
    </div>
  )
}
