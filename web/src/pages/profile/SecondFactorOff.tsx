import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ApiError } from '@/api/client'
import { saidOf } from '@/access/waiting'
import { Failure } from '@/parts/Notice'

/** With password and code, so that nobody does it who only found the page open. */
export function SecondFactorOff({ onDone }: { onDone: () => void }) {
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const leaving = useMutation({
    mutationFn: () => api.post('/auth/totp/disable', { body: { password, code: code.trim() } }),
    onSuccess: () => {
      notifications.show({ message: 'The second step is off, and the recovery codes are void.' })
      onDone()
    },
  })
  const field = leaving.error instanceof ApiError ? leaving.error.field : undefined
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        leaving.mutate()
      }}
    >
      <Stack>
        <p>From then on your password alone is enough to sign in. The recovery codes are void, too.</p>
        <PasswordInput
          label="Password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          error={field === 'password' ? saidOf(leaving.error) : undefined}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          data-autofocus
        />
        <TextInput
          label="Code of your authenticator app, or a recovery code"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          error={field === 'code' ? saidOf(leaving.error) : undefined}
          autoComplete="one-time-code"
          maxLength={40}
          spellCheck={false}
        />
        {leaving.error && field !== 'password' && field !== 'code' && <Failure error={leaving.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button
            type="submit"
            color="red"
            loading={leaving.isPending}
            disabled={!password || code.trim().length < 6}
          >
            Switch off
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
