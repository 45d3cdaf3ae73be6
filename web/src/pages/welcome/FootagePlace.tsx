import { Button, Radio, Skeleton, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconArrowRight } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { api } from '@/api/client'
import type { Volume } from '@/api/types'
import { Failure } from '@/parts/Notice'
import { roomLeft, roomWords, volumeName } from '@/words/stay'
import { LocationField, useLocation } from '../storage/LocationField'
import classes from './WelcomePage.module.css'

interface Props {
  volumes: Volume[] | undefined
  /** The volume that was chosen before, null for the default one. */
  chosen: Volume | null
  /** Null is the default volume. */
  onNext: (volume: Volume | null) => void
}

/** Step one: where to keep footage, and what that buys in days. */
export function FootagePlace({ volumes, chosen, onNext }: Props) {
  const [choice, setChoice] = useState<'default' | 'other'>(chosen ? 'other' : 'default')
  const [location, setLocation] = useState(chosen?.location ?? '')
  // Null until the person names it.
  const [named, setName] = useState<string | null>(null)
  // Chosen before and come back to: there is nothing to make or to judge.
  const made = volumes?.find((volume) => volume.location === location.trim())
  const check = useLocation(choice === 'other' && !made ? location : '')
  const name =
    named ??
    volumeName(
      location,
      (volumes ?? []).map((volume) => volume.name),
    )
  const adding = useMutation({
    mutationFn: () =>
      api.post<Volume>('/storage/volumes', {
        body: { name: name.trim(), location: location.trim(), create: check.data?.marker === null },
      }),
    onSuccess: onNext,
  })
  const first = volumes?.[0]
  return (
    <form
      className={classes.card}
      onSubmit={(event) => {
        event.preventDefault()
        if (choice === 'default') onNext(null)
        else if (made) onNext(made)
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
            <span>{first ? roomWords(roomLeft(first)) : 'It is made when recording begins.'}</span>
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
          {made ? (
            <p className="meta">{roomWords(roomLeft(made))}</p>
          ) : (
            <TextInput
              label="Name of this volume"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              required
            />
          )}
        </>
      )}
      {adding.error && <Failure error={adding.error} />}
      <div className={classes.actions}>
        <Button
          type="submit"
          className={classes.last}
          loading={adding.isPending}
          disabled={choice === 'other' && !made && (check.data?.problem !== '' || !name.trim())}
          rightSection={<IconArrowRight size={16} aria-hidden />}
        >
          Continue
        </Button>
      </div>
    </form>
  )
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
