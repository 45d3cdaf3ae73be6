import { Button, Radio, Skeleton, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconArrowRight } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { api } from '@/api/client'
import type { Volume } from '@/api/types'
import { Failure } from '@/parts/Notice'
import { bytes } from '@/words/format'
import { aboutDays, roomLeft } from '@/words/stay'
import { LocationField, useLocation } from '../storage/LocationField'
import classes from './WelcomePage.module.css'

// One camera of 4 Mb/s.
const BYTES_PER_DAY = (4_000_000 / 8) * 86_400

interface Props {
  volumes: Volume[] | undefined
  /** The volume's id, null for the default one. */
  onNext: (volume: number | null) => void
}

/** Step one: where to keep footage, and what that buys in days. */
export function FootagePlace({ volumes, onNext }: Props) {
  const [choice, setChoice] = useState<'default' | 'other'>('default')
  const [location, setLocation] = useState('')
  const [name, setName] = useState('Footage')
  const check = useLocation(choice === 'other' ? location : '')
  const adding = useMutation({
    mutationFn: () =>
      api.post<Volume>('/storage/volumes', {
        body: { name: name.trim(), location: location.trim(), create: check.data?.marker === null },
      }),
    onSuccess: (volume) => onNext(volume.id),
  })
  const first = volumes?.[0]
  return (
    <form
      className={classes.card}
      onSubmit={(event) => {
        event.preventDefault()
        if (choice === 'default') onNext(null)
        else adding.mutate()
      }}
    >
      <h2>Where shall footage be kept?</h2>
      <p className={classes.intro}>
        When the disk gets full, the oldest footage makes room for the new. This can be changed later.
      </p>
      {!volumes ? (
        <Skeleton height={140} />
      ) : (
        <div className={classes.options} role="radiogroup" aria-label="Place for footage">
          <Option checked={choice === 'default'} onCheck={() => setChoice('default')}>
            <strong>In Vedette’s own directory</strong>
            {first && <code>{first.location}</code>}
            <span>{first ? room(first) : 'It is made when recording begins.'}</span>
          </Option>
          <Option checked={choice === 'other'} onCheck={() => setChoice('other')}>
            <strong>On another disk or directory</strong>
            <span className="meta">A large disk of its own is best.</span>
          </Option>
        </div>
      )}
      {choice === 'other' && (
        <>
          <LocationField value={location} onChange={setLocation} checked={check.data} error={check.error} />
          <TextInput
            label="Name of this volume"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            required
          />
        </>
      )}
      {adding.error && <Failure error={adding.error} />}
      <div className={classes.actions}>
        <Button
          type="submit"
          className={classes.last}
          loading={adding.isPending}
          disabled={choice === 'other' && (!check.data?.writable || !name.trim())}
          rightSection={<IconArrowRight size={16} aria-hidden />}
        >
          Continue
        </Button>
      </div>
    </form>
  )
}

function room(volume: Volume): string {
  const left = roomLeft(volume)
  if (left === null) return 'Its free space is not known.'
  return `${bytes(left)} to fill: ${aboutDays(left / BYTES_PER_DAY)} of one camera at 4 Mb/s.`
}

export function Option({
  checked,
  onCheck,
  children,
}: {
  checked: boolean
  onCheck: () => void
  children: ReactNode
}) {
  return (
    <label className={classes.option} data-checked={checked ? '' : undefined}>
      <Radio checked={checked} onChange={onCheck} />
      {children}
    </label>
  )
}
