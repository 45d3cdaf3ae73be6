import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError } from '@/api/client'
import { useWait } from '@/access/useWait'
import { saidOf } from '@/access/waiting'
import { Notice } from '@/parts/Notice'
import classes from './Door.module.css'
import { logIn, type Credentials } from './LoginPage'

interface Props {
  onCodeNeeded: (given: Credentials) => void
  /** The password was right, and there was nothing else to show. */
  onPassed: (password: string) => void
}

/** Name and password. */
export function PasswordStep({ onCodeNeeded, onPassed }: Props) {
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const trying = useMutation({
    mutationFn: logIn,
    onSuccess: () => onPassed(password),
    onError: (error) => {
      if (codeNeeded(error)) onCodeNeeded({ username, password })
    },
  })
  const wait = useWait(trying.error)
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault()
        trying.mutate({ username, password })
      }}
    >
      <TextInput
        label="User name"
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        required
        withAsterisk={false}
      />
      <PasswordInput
        label="Password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="current-password"
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        required
        withAsterisk={false}
      />
      {trying.error && !codeNeeded(trying.error) && (
        <Notice tone="danger">{saidOf(trying.error, wait)}</Notice>
      )}
      <Button type="submit" fullWidth loading={trying.isPending || trying.isSuccess} disabled={wait > 0}>
        Sign in
      </Button>
    </form>
  )
}

function codeNeeded(error: Error): boolean {
  return error instanceof ApiError && error.code === 'auth.code_needed'
}
