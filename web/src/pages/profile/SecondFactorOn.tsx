import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ApiError } from '@/api/client'
import type { TotpBegun } from '@/api/types'
import { saidOf } from '@/access/waiting'
import { Failure } from '@/parts/Notice'
import classes from './Profile.module.css'
import { QrCode } from './QrCode'
import { RecoveryCodes } from './RecoveryCodes'

/** Password, then the secret and its first code, then the recovery codes. */
export function SecondFactorOn({ onDone }: { onDone: () => void }) {
  const [begun, setBegun] = useState<TotpBegun | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  if (codes) return <RecoveryCodes codes={codes} onDone={onDone} />
  if (begun) return <FirstCode begun={begun} onCodes={setCodes} onCancel={onDone} />
  return <PasswordAgain onBegun={setBegun} onCancel={onDone} />
}

function PasswordAgain({ onBegun, onCancel }: { onBegun: (begun: TotpBegun) => void; onCancel: () => void }) {
  const [password, setPassword] = useState('')
  const beginning = useMutation({
    mutationFn: () => api.post<TotpBegun>('/auth/totp/begin', { body: { password } }),
    onSuccess: onBegun,
  })
  const wrong = beginning.error instanceof ApiError && beginning.error.field === 'password'
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        beginning.mutate()
      }}
    >
      <Stack>
        <p>You need an authenticator app on your phone, such as Aegis, Google Authenticator or 1Password.</p>
        <PasswordInput
          label="Password"
          description="So that nobody sets this up who only found the page open."
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={wrong ? saidOf(beginning.error) : undefined}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          data-autofocus
          autoFocus
        />
        {beginning.error && !wrong && <Failure error={beginning.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={beginning.isPending} disabled={!password}>
            Continue
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface FirstCodeProps {
  begun: TotpBegun
  onCodes: (codes: string[]) => void
  onCancel: () => void
}

function FirstCode({ begun, onCodes, onCancel }: FirstCodeProps) {
  const [code, setCode] = useState('')
  const confirming = useMutation({
    mutationFn: () =>
      api.post<{ recovery_codes: string[] }>('/auth/totp/confirm', {
        body: { pending: begun.pending, code: code.replace(/\s/g, '') },
      }),
    onSuccess: (answer) => onCodes(answer.recovery_codes),
  })
  const wrong = confirming.error instanceof ApiError && confirming.error.field === 'code'
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        confirming.mutate()
      }}
    >
      <Stack>
        <div className={classes.secret}>
          <QrCode text={begun.uri} label="QR code for the authenticator app" className={classes.qr ?? ''} />
          <div className={classes.key}>
            <p>Scan this with the app. Or type the key into it:</p>
            <code>{(begun.secret.match(/.{1,4}/g) ?? []).join(' ')}</code>
            <TextInput
              label="The code that the app shows now"
              value={code}
              onChange={(event) => setCode(event.currentTarget.value)}
              error={wrong ? saidOf(confirming.error) : undefined}
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={10}
              spellCheck={false}
              autoFocus
            />
          </div>
        </div>
        {confirming.error && !wrong && <Failure error={confirming.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={confirming.isPending} disabled={code.replace(/\s/g, '').length < 6}>
            Switch on
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
