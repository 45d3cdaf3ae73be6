import { Anchor, Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError } from '@/api/client'
import { useWait } from '@/access/useWait'
import { saidOf } from '@/access/waiting'
import { Notice } from '@/parts/Notice'
import classes from './Door.module.css'
import { logIn, type Credentials } from './LoginPage'

/** A code of the authenticator app, or one of the recovery codes. */
export function SecondStep({ given, onBack }: { given: Credentials; onBack: () => void }) {
  const [code, setCode] = useState('')
  const [recovery, setRecovery] = useState(false)
  const trying = useMutation({ mutationFn: logIn })
  const wait = useWait(trying.error)
  const wrong = trying.error instanceof ApiError && trying.error.field === 'code'
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (code.trim()) trying.mutate({ ...given, code: code.trim() })
      }}
    >
      <TextInput
        key={recovery ? 'recovery' : 'app'}
        label={recovery ? 'Recovery code' : 'Code of your authenticator app'}
        description={
          recovery ? 'Each is good once. They were shown when the second factor was set up.' : undefined
        }
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        error={wrong ? saidOf(trying.error, wait) : undefined}
        className={classes.code ?? ''}
        inputMode={recovery ? 'text' : 'numeric'}
        autoComplete={recovery ? 'off' : 'one-time-code'}
        maxLength={40}
        spellCheck={false}
        autoFocus
        required
        withAsterisk={false}
      />
      {trying.error && !wrong && <Notice tone="danger">{saidOf(trying.error, wait)}</Notice>}
      <Button
        type="submit"
        fullWidth
        loading={trying.isPending || trying.isSuccess}
        disabled={!code.trim() || wait > 0}
      >
        Sign in
      </Button>
      <div className={classes.row}>
        <Anchor component="button" type="button" onClick={onBack}>
          Back
        </Anchor>
        <Anchor
          component="button"
          type="button"
          onClick={() => {
            setRecovery(!recovery)
            setCode('')
            trying.reset()
          }}
        >
          {recovery ? 'Use the authenticator app' : 'Use a recovery code'}
        </Anchor>
      </div>
    </form>
  )
}
