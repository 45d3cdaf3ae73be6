import { Button, CloseButton, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconFilter, IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { AuditFilter } from '@/api/audit'
import { camerasQuery } from '@/api/queries'
import { useZone } from '@/state/hooks'
import { ACTIONS, sharedPrefix } from '@/words/audit'
import { TurnChoice } from '@/parts/TurnChoice'
import { fieldOf, fromLocal, toLocal } from '@/words/local-time'
import classes from './Audit.module.css'
import { filterOf, isId, withFilter, type AuditSearch } from './search'

interface Props {
  search: AuditSearch
  /** Who is meant where the filter is an id. */
  actorName: string | undefined
  objectName: string | undefined
  tokenName: string | undefined
  onChange: (search: AuditSearch) => void
}

// Typing is over when nothing came for so long.
const PAUSE_MS = 400

/** What the log is limited to. All of it stands in the address of the page. */
export function Filters({ search, actorName, objectName, tokenName, onChange }: Props) {
  const zone = useZone()
  const cameras = useQuery(camerasQuery).data
  const [folded, setFolded] = useState(true)
  const count = Object.keys(filterOf(search)).length
  const set = <N extends keyof AuditFilter>(name: N, value: AuditFilter[N] | '' | null) =>
    onChange(withFilter({ ...filterOf(search) }, name, value))
  const instant = (name: 'from' | 'to', label: string) => {
    const value = search[name] ? toLocal(Date.parse(search[name]), zone) : ''
    const take = (typed: string) => {
      const at = fromLocal(typed, zone)
      set(name, at === null ? null : new Date(at).toISOString())
    }
    return (
      <div>
        <TextInput
          type="datetime-local"
          label={label}
          value={fieldOf(value)}
          onChange={(event) => take(event.currentTarget.value)}
        />
        <TurnChoice label={label} value={value} zone={zone} onChange={take} />
      </div>
    )
  }
  return (
    <section aria-label="Filters" className={classes.side} style={{ gap: 12 }}>
      <div className={classes.toggle}>
        <Button
          variant="default"
          leftSection={<IconFilter size={16} aria-hidden />}
          aria-expanded={!folded}
          onClick={() => setFolded(!folded)}
        >
          Filters{count > 0 ? ` (${count})` : ''}
        </Button>
      </div>
      <div className={classes.filters} data-folded={folded ? '' : undefined}>
        <Typed
          label="Search"
          placeholder="In names and details"
          icon={<IconSearch size={16} aria-hidden />}
          value={search.text}
          onChange={(value) => set('text', value)}
        />
        <Typed
          label="Who"
          placeholder="Anybody"
          value={search.actor}
          called={actorName}
          onChange={(value) => set('actor', value)}
        />
        <Select
          label="What"
          placeholder="Anything"
          searchable
          clearable
          data={ACTIONS.map(({ title, actions }) => {
            const prefix = sharedPrefix(actions)
            const single = Object.entries(actions).map(([value, label]) => ({ value, label }))
            return {
              group: title,
              items: prefix ? [{ value: prefix, label: `${title}: all` }, ...single] : single,
            }
          })}
          value={search.action ?? null}
          onChange={(value) => set('action', value)}
        />
        <Typed
          label="To what"
          placeholder="Anything"
          value={search.object}
          called={objectName}
          onChange={(value) => set('object', value)}
        />
        <Select
          label="Camera"
          placeholder="Any"
          searchable
          clearable
          data={(cameras ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={search.camera ?? null}
          onChange={(value) => set('camera', value)}
        />
        <Select
          label="Result"
          placeholder="Any"
          clearable
          data={[
            { value: 'ok', label: 'Done' },
            { value: 'denied', label: 'Denied' },
            { value: 'failed', label: 'Failed' },
            { value: 'refused', label: 'Refused' },
          ]}
          value={search.result ?? null}
          onChange={(value) => set('result', value as AuditFilter['result'] | null)}
        />
        <Typed
          label="Address"
          placeholder="Any, or its beginning"
          value={search.address}
          onChange={(value) => set('address', value)}
        />
        <Typed
          label="API token"
          placeholder="With or without"
          value={search.token}
          called={tokenName}
          onChange={(value) => set('token', value)}
        />
        {search.share && (
          <Typed
            label="Share link"
            placeholder="Any"
            value={search.share}
            onChange={(value) => set('share', value)}
          />
        )}
        {instant('from', `From (${zone})`)}
        {instant('to', `To (${zone})`)}
      </div>
      {count > 0 && (
        <div>
          <Button variant="subtle" size="compact-sm" onClick={() => onChange({})}>
            Clear all filters
          </Button>
        </div>
      )}
    </section>
  )
}

interface TypedProps {
  label: string
  placeholder: string
  icon?: ReactNode
  value: string | undefined
  /** What stands for the value where it is an id. */
  called?: string | undefined
  onChange: (value: string) => void
}

/** A filter of words: it counts when typing pauses. */
function Typed({ label, placeholder, icon, value = '', called, onChange }: TypedProps) {
  const [typed, setTyped] = useState(value)
  const [before, setBefore] = useState(value)
  const tell = useRef(onChange)
  useEffect(() => {
    tell.current = onChange
  })
  if (value !== before) {
    // Another address: the way back, or a link.
    setBefore(value)
    setTyped(value)
  }
  useEffect(() => {
    if (typed.trim() === value) return
    const timer = window.setTimeout(() => tell.current(typed.trim()), PAUSE_MS)
    return () => window.clearTimeout(timer)
  }, [typed, value])
  const exact = isId(typed)
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      leftSection={icon}
      value={exact ? (called ?? 'this one') : typed}
      readOnly={exact}
      maxLength={100}
      rightSection={
        typed ? (
          <CloseButton size="sm" aria-label={`Clear ${label}`} onClick={() => setTyped('')} />
        ) : undefined
      }
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  )
}
