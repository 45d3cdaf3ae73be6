import { Button, NumberInput, PasswordInput, Select, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '@/api/client'
import { errorAt, errorBeside } from '@/api/field-errors'
import type { components } from '@/api/schema'
import { FormFailure, goToInvalid, useInvalidField } from '@/parts/FormFailure'
import { SpanFields } from '@/parts/SpanFields'
import type { Span } from '@/player/marks'
import { useNow, useZone } from '@/state/hooks'
import { duration, moment, stretch } from '@/words/format'
import { toLocal } from '@/words/local-time'
import { DAY, MINUTE, SECOND, zoneName } from '@/words/zone'
import { wantedSpan } from './draft'
import { MadeLink } from './MadeLink'
import classes from './Share.module.css'

type Made = components['schemas']['ShareLinkMade']

const AROUND_MS = 30 * SECOND
const AT_FIELDS = ['start', 'end', 'expires_at', 'password', 'most_views', 'note']

interface Props {
  camera: { id: string; name: string }
  at: number
  /** The marked span; without one it is some seconds around the instant. */
  span: Span | null
}

/** What is shared, for how long, and with which password; then the link, which is shown this once. */
export function NewLink({ camera, at, span }: Props) {
  const client = useQueryClient()
  const zone = useZone()
  const now = useNow(SECOND)
  const [from, setFrom] = useState(() => toLocal(span?.start ?? at - AROUND_MS, zone, true))
  const [to, setTo] = useState(() => toLocal(span?.end ?? Math.min(at + AROUND_MS, Date.now()), zone, true))
  const [days, setDays] = useState('7')
  const [password, setPassword] = useState('')
  const [most, setMost] = useState<number | null>(null)
  const [note, setNote] = useState('')
  const wanted = wantedSpan({ from, to }, zone, now)
  const making = useMutation({
    mutationFn: (span: { start: number; end: number }) =>
      api.post<Made>('/share-links', {
        body: {
          camera: camera.id,
          start: new Date(span.start).toISOString(),
          end: new Date(span.end).toISOString(),
          // The server's limit is in whole days, and its clock may be a little behind.
          expires_at: new Date(Date.now() + Number(days) * DAY - MINUTE).toISOString(),
          password: password === '' ? null : password,
          most_views: most,
          note,
        },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['share-links'] }),
  })
  const form = useInvalidField(making.error)
  if (making.data) return <MadeLink made={making.data} />
  const wrong = 'error' in wanted ? wanted : null
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!('error' in wanted)) making.mutate(wanted)
        else goToInvalid(event.currentTarget)
      }}
    >
      <Stack>
        <FormFailure error={errorBeside(making.error, ...AT_FIELDS)} />
        <section className={classes.what} aria-label="What is shared">
          <strong>{camera.name}</strong>
          <div className="tabular" aria-live="polite">
            {'error' in wanted ? (
              <span className={classes.wrong}>Which time is not clear yet.</span>
            ) : (
              <>
                {stretch(wanted.start, wanted.end, zone, null)},{' '}
                <span className={classes.whole}>{duration(wanted.end - wanted.start)}</span>
              </>
            )}
          </div>
          <div className="meta">
            {zoneName(at, zone)}. Whoever has the link sees this, without an account, and nothing else.
          </div>
        </section>
        <SpanFields
          zone={zone}
          exact
          from={{
            label: 'From',
            value: from,
            error: wrong?.field === 'from' ? wrong.error : errorAt(making.error, 'start'),
          }}
          to={{
            label: 'To',
            value: to,
            error: wrong?.field === 'to' ? wrong.error : errorAt(making.error, 'end'),
          }}
          onFrom={setFrom}
          onTo={setTo}
        />
        <div className={classes.pair}>
          <Select
            label="The link is good for"
            description={`Until ${moment(now + Number(days) * DAY, zone, now, 'minute')}.`}
            data={[
              { value: '1', label: 'a day' },
              { value: '7', label: 'a week' },
              { value: '30', label: '30 days' },
            ]}
            value={days}
            onChange={(chosen) => setDays(chosen ?? '7')}
            allowDeselect={false}
            error={errorAt(making.error, 'expires_at')}
          />
          <NumberInput
            label="May be opened at most"
            description="How many times. Empty: no limit."
            min={1}
            max={1_000_000}
            allowDecimal={false}
            value={most ?? ''}
            onChange={(value) => setMost(typeof value === 'number' ? value : null)}
            error={errorAt(making.error, 'most_views')}
          />
        </div>
        <PasswordInput
          label="Password"
          description="At least 6 characters; tell it by another way than the link. Empty: none is asked for."
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={errorAt(making.error, 'password')}
        />
        <TextInput
          label="Note"
          description="Whoever opens the link reads it."
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={errorAt(making.error, 'note')}
        />
        <Button type="submit" loading={making.isPending}>
          Make the link
        </Button>
      </Stack>
    </form>
  )
}
