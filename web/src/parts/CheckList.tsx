import { Checkbox, SegmentedControl, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { between, extent, stepTo, withIds } from './choosing'
import classes from './CheckList.module.css'

export interface CheckItem {
  id: string
  label: string
  note?: string
  /** A small picture before the name. */
  picture?: ReactNode
  /** Why it is as it is and can't be changed here. */
  fixed?: string | undefined
}

interface Props {
  /** What is chosen: `Cameras of the zone`. */
  label: string
  items: readonly CheckItem[]
  chosen: readonly string[]
  /** What stands where there is nothing to choose from. */
  none: string
  /** Further parts of the list that can be looked at alone. */
  filters?: readonly { label: string; holds: (id: string) => boolean }[]
  onChange: (chosen: string[]) => void
}

// From so many on a search is worth its room.
const SEARCHED = 8

/**
 * Things to choose any of, with a search; the chosen ones are given in a stable order. The whole list is one stop of the tab
 * key: arrows go through it, space ticks, and with shift all are ticked from the last one on.
 */
export function CheckList({ label, items, chosen, none, filters = [], onChange }: Props) {
  const [wanted, setWanted] = useState('')
  const [part, setPart] = useState('All')
  // What the part was made of when it was chosen: what is ticked there stays in sight.
  const [kept, setKept] = useState<readonly string[]>(chosen)
  const [active, setActive] = useState<string | null>(null)
  const last = useRef<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const help = useId()
  const parts = [
    { label: 'All', holds: () => true },
    { label: 'Chosen', holds: (id: string) => kept.includes(id) },
    ...filters,
  ]
  const holds = parts.find((one) => one.label === part)?.holds ?? (() => true)
  const text = wanted.trim().toLowerCase()
  const shown = items.filter(
    (item) => `${item.label} ${item.note ?? ''}`.toLowerCase().includes(text) && holds(item.id),
  )
  const free = shown.filter(({ fixed }) => !fixed).map(({ id }) => id)
  const held = extent(chosen, free)
  const whole = shown.length === items.length
  const stop = shown.some(({ id }) => id === active) ? active : shown[0]?.id
  const toggle = (id: string, on: boolean, range: boolean) => {
    onChange(withIds(chosen, range ? between(free, last.current, id) : [id], on))
    last.current = id
  }
  const step = (event: KeyboardEvent) => {
    const at = shown.findIndex(({ id }) => id === stop)
    const to = stepTo(event.key, at, shown.length)
    const next = to === null ? undefined : shown[to]
    if (!next) return
    event.preventDefault()
    setActive(next.id)
    list.current?.querySelector<HTMLElement>(`input[data-id="${CSS.escape(next.id)}"]`)?.focus()
  }
  return (
    <fieldset className={classes.list}>
      <legend className={classes.label}>
        {label}{' '}
        <span className={classes.count} aria-live="polite">{`${chosen.length} of ${items.length}`}</span>
      </legend>
      {items.length === 0 && <p className={classes.none}>{none}</p>}
      {items.length >= SEARCHED && (
        <div className={classes.tools}>
          <TextInput
            className={classes.search ?? ''}
            aria-label={`Search: ${label}`}
            placeholder="Search"
            leftSection={<IconSearch size={16} aria-hidden />}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
            // Here enter means the search, not the form around it.
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.preventDefault()
            }}
          />
          <SegmentedControl
            aria-label={`Which are shown: ${label}`}
            size="sm"
            value={part}
            onChange={(value) => {
              setPart(value)
              setKept(chosen)
            }}
            data={parts.map((one) => one.label)}
          />
        </div>
      )}
      {items.length > 0 && (
        <div className={classes.frame}>
          <label className={classes.all}>
            <Checkbox
              checked={held === 'all'}
              indeterminate={held === 'some'}
              disabled={free.length === 0}
              aria-label={whole ? `Select all: ${label}` : `Select all that are shown: ${label}`}
              onChange={() => onChange(withIds(chosen, free, held !== 'all'))}
            />
            <span>{whole ? 'Select all' : `Select all ${shown.length} that are shown`}</span>
          </label>
          <div
            ref={list}
            className={classes.items}
            role="group"
            aria-label={label}
            aria-describedby={help}
            onKeyDown={step}
          >
            {shown.map((item) => (
              <label
                key={item.id}
                className={classes.item}
                data-chosen={chosen.includes(item.id) ? '' : undefined}
                // A shift click is meant for the ticks, not for marking text.
                onMouseDown={(event) => {
                  if (event.shiftKey) event.preventDefault()
                }}
              >
                <Checkbox
                  data-id={item.id}
                  checked={chosen.includes(item.id)}
                  disabled={item.fixed !== undefined}
                  tabIndex={item.id === stop ? 0 : -1}
                  aria-label={item.label}
                  onFocus={() => setActive(item.id)}
                  // What a browser changes a tick by is a click, also from the keyboard.
                  onChange={(event) =>
                    toggle(item.id, event.currentTarget.checked, (event.nativeEvent as MouseEvent).shiftKey)
                  }
                />
                {item.picture}
                <span className={classes.text}>
                  {item.label}
                  {(item.fixed ?? item.note) && <span className="meta">{item.fixed ?? item.note}</span>}
                </span>
              </label>
            ))}
            {shown.length === 0 && <p className={classes.nothing}>Nothing matches.</p>}
          </div>
        </div>
      )}
      <p id={help} className={items.length >= SEARCHED ? 'meta' : 'visually-hidden'}>
        Arrow keys go through the list and space ticks; with shift held, all from the last one on.
      </p>
    </fieldset>
  )
}
