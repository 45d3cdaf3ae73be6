import { Button, Checkbox, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
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
  onChange: (chosen: string[]) => void
}

// From so many on a search is worth its room.
const SEARCHED = 8

/** Things to choose any of, with a search; the chosen ones are given in a stable order. */
export function CheckList({ label, items, chosen, none, onChange }: Props) {
  const [wanted, setWanted] = useState('')
  const shown = items.filter((item) =>
    `${item.label} ${item.note ?? ''}`.toLowerCase().includes(wanted.trim().toLowerCase()),
  )
  const free = shown.filter(({ fixed }) => !fixed).map(({ id }) => id)
  const all = free.length > 0 && free.every((id) => chosen.includes(id))
  const toggle = (ids: string[], on: boolean) =>
    onChange(on ? [...new Set([...chosen, ...ids])].sort() : chosen.filter((id) => !ids.includes(id)))
  return (
    <fieldset className={classes.list}>
      <legend className={classes.label}>
        {label} <span className={classes.count}>{`${chosen.length} of ${items.length}`}</span>
      </legend>
      {items.length === 0 && <p className={classes.none}>{none}</p>}
      {items.length > 0 && (
        <div className={classes.tools}>
          {items.length >= SEARCHED && (
            <TextInput
              aria-label={`Search: ${label}`}
              placeholder="Search"
              leftSection={<IconSearch size={16} aria-hidden />}
              value={wanted}
              onChange={(event) => setWanted(event.currentTarget.value)}
            />
          )}
          <Button
            variant="default"
            size="compact-sm"
            disabled={free.length === 0}
            onClick={() => toggle(free, !all)}
          >
            {all ? 'None' : 'All'}
            {wanted.trim() ? ' of these' : ''}
          </Button>
        </div>
      )}
      {items.length > 0 && shown.length === 0 && <p className={classes.none}>Nothing matches.</p>}
      {shown.length > 0 && (
        <div className={classes.items}>
          {shown.map((item) => (
            <label key={item.id} className={classes.item}>
              <Checkbox
                checked={chosen.includes(item.id)}
                disabled={item.fixed !== undefined}
                aria-label={item.label}
                onChange={(event) => toggle([item.id], event.currentTarget.checked)}
              />
              {item.picture}
              <span className={classes.text}>
                {item.label}
                {(item.fixed ?? item.note) && <span className="meta">{item.fixed ?? item.note}</span>}
              </span>
            </label>
          ))}
        </div>
      )}
    </fieldset>
  )
}
