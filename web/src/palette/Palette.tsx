import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { IconDeviceCctv, IconHistory, IconLayoutGrid, IconSearch, IconArrowRight } from '@tabler/icons-react'
import { useEffect, useId, useState } from 'react'
import { useAccess } from '@/access/useAccess'
import { camerasQuery } from '@/api/queries'
import { pagesFor } from '@/frame/pages'
import { useZone } from '@/state/hooks'
import classes from './Palette.module.css'
import { suggest, type Suggestion } from './suggest'

const ICONS: Record<Suggestion['kind'], typeof IconSearch> = {
  page: IconArrowRight,
  live: IconLayoutGrid,
  camera: IconDeviceCctv,
  instant: IconHistory,
}

interface Props {
  text: string
  onText: (text: string) => void
  onClose: () => void
}

/** Ctrl+K: to a camera, a page or an instant by typing it. */
export function Palette({ text, onText, onClose }: Props) {
  const cameras = useQuery(camerasQuery)
  const { me } = useAccess()
  const zone = useZone()
  const navigate = useNavigate()
  const list = useId()
  const [chosen, setChosen] = useState(0)
  const [now] = useState(() => Date.now())
  const found = suggest(text, cameras.data ?? [], pagesFor(me), zone, now)
  const active = found[Math.min(chosen, found.length - 1)]

  useEffect(() => {
    if (active) document.getElementById(`${list}-${active.key}`)?.scrollIntoView({ block: 'nearest' })
  }, [active, list])

  const go = (suggestion: Suggestion) => {
    onClose()
    switch (suggestion.kind) {
      case 'page':
        return navigate({ to: suggestion.to })
      case 'live':
        return navigate({ to: '/live', search: { focus: suggestion.slug } })
      case 'camera':
        return navigate({ to: '/cameras/$slug', params: { slug: suggestion.slug } })
      case 'instant':
        return navigate({
          to: '/playback',
          search: { camera: suggestion.slug, at: new Date(suggestion.at).toISOString() },
        })
    }
  }
  const onKey = (event: React.KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step) {
      event.preventDefault()
      setChosen((found.length + Math.min(chosen, found.length - 1) + step) % Math.max(1, found.length))
    } else if (event.key === 'Enter' && active) {
      event.preventDefault()
      void go(active)
    }
  }
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      centered={false}
      padding={0}
      size={560}
      yOffset="12vh"
      title="Go to"
      classNames={{ header: 'visually-hidden' }}
    >
      <div className={classes.field}>
        <IconSearch size={20} stroke={1.5} aria-hidden />
        <input
          className={classes.input}
          role="combobox"
          aria-expanded
          aria-controls={list}
          aria-activedescendant={active ? `${list}-${active.key}` : undefined}
          aria-label="Camera, page or instant"
          placeholder="Camera, page or instant: gate yesterday 14:05"
          value={text}
          onChange={(event) => {
            onText(event.currentTarget.value)
            setChosen(0)
          }}
          onKeyDown={onKey}
          data-autofocus
          spellCheck={false}
        />
      </div>
      <ul id={list} role="listbox" aria-label="Suggestions" className={classes.list}>
        {found.map((suggestion) => {
          const Icon = ICONS[suggestion.kind]
          return (
            <li
              key={suggestion.key}
              id={`${list}-${suggestion.key}`}
              role="option"
              aria-selected={suggestion === active}
              className={classes.item}
              onClick={() => void go(suggestion)}
            >
              <Icon size={16} stroke={1.75} aria-hidden />
              {suggestion.label}
            </li>
          )
        })}
      </ul>
      {found.length === 0 && (
        <p className={classes.none}>
          Nothing matches. Try a camera’s name, “14:05”, “mon 8:30” or “5 min ago”.
        </p>
      )}
    </Modal>
  )
}
