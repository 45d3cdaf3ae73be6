import { Button, Slider } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconArrowLeft } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '@/api/client'
import type { Camera, DemoMade, Volume } from '@/api/types'
import { Failure } from '@/parts/Notice'
import { count } from '@/words/format'
import { ConnectionFields } from '../cameras/CameraFields'
import { changesOf, emptyDraft, refused, validate, type DraftErrors } from '../cameras/draft'
import { ProbePanel } from '../cameras/ProbePanel'
import { useProbe } from '../cameras/useProbe'
import { Option } from './FootagePlace'
import classes from './WelcomePage.module.css'

const MOST_SIMULATED = 16

interface Props {
  /** Where its footage goes, null for the default volume. */
  volume: Volume | null
  onBack: () => void
  onDone: () => Promise<void>
  onSkip: () => Promise<void>
}

/** Step two: the first camera, or simulated ones to look around with. */
export function FirstCamera({ volume, onBack, onDone, onSkip }: Props) {
  const [choice, setChoice] = useState<'real' | 'simulated'>('real')
  const [simulated, setSimulated] = useState(4)
  const [draft, setDraft] = useState(() => emptyDraft())
  const [errors, setErrors] = useState<DraftErrors>({})
  const probe = useProbe()

  const adding = useMutation({
    mutationFn: async () => {
      if (choice === 'real') {
        await api.post<Camera>('/cameras', { body: changesOf({ ...draft, volume: volume?.id ?? null }) })
      } else {
        const { items } = await api.post<DemoMade>('/system/demo', { body: { count: simulated } })
        if (volume)
          for (const camera of items)
            await api.patch(`/cameras/${camera.id}`, { body: { volume_id: volume.id } })
      }
      await onDone()
    },
    onError: (error) => setErrors(refused(error)),
  })
  const submit = () => {
    const wrong = choice === 'real' ? validate(draft) : {}
    setErrors(wrong)
    if (Object.keys(wrong).length === 0) adding.mutate()
  }
  return (
    <form
      className={classes.card}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <h2>What shall be recorded?</h2>
      {volume && (
        <p className={classes.intro}>
          Footage is kept in <code>{volume.location}</code>.
        </p>
      )}
      <div className={classes.options} role="radiogroup" aria-label="First camera">
        <Option checked={choice === 'real'} onCheck={() => setChoice('real')}>
          <strong>My first camera</strong>
          <span className="meta">By its RTSP address, as its maker’s manual gives it.</span>
        </Option>
        <Option checked={choice === 'simulated'} onCheck={() => setChoice('simulated')}>
          <strong>Simulated cameras, to look around</strong>
          <span className="meta">They record like real ones and can be deleted at any time.</span>
        </Option>
      </div>
      {choice === 'real' ? (
        <>
          <ConnectionFields
            draft={draft}
            errors={errors}
            onChange={(change) => {
              setDraft((before) => ({ ...before, ...change }))
              setErrors({})
            }}
          />
          <ProbePanel
            result={probe.data}
            error={probe.error}
            testing={probe.isPending}
            canTest={draft.url.trim() !== ''}
            onTest={() => probe.mutate(draft, { onError: (error) => setErrors(refused(error)) })}
            compact
          />
        </>
      ) : (
        <div className={classes.count}>
          <Slider
            min={1}
            max={MOST_SIMULATED}
            value={simulated}
            onChange={setSimulated}
            label={null}
            thumbLabel="Number of simulated cameras"
          />
          <span className={`${classes.figure ?? ''} tabular`}>{simulated}</span>
        </div>
      )}
      {adding.error && Object.keys(errors).length === 0 && <Failure error={adding.error} />}
      <div className={classes.actions}>
        <Button variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={onBack}>
          Back
        </Button>
        <Button variant="subtle" color="gray" className={classes.last} onClick={() => void onSkip()}>
          Later
        </Button>
        <Button type="submit" loading={adding.isPending}>
          {choice === 'real' ? 'Add and watch' : `Add ${count(simulated, 'camera')} and watch`}
        </Button>
      </div>
    </form>
  )
}
