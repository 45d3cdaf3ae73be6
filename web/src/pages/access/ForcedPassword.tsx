import { Button, PasswordInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { api, ApiError, explain } from '@/api/client'
import { NewPassword } from '@/access/NewPassword'
import { isGoodPassword } from '@/access/password'
import { Failure } from '@/parts/Notice'
import classes from './Door.module.css'

interface Props {
  username: string
  /** The present password, where it was just typed; empty where it must be asked for again. */
  present: string
}

/** A password of one's own, before anything else. */
export function ForcedPassword({ username, present }: Props) {
  const client = useQueryClient()
  const router = useRouter()
  const [current, setCurrent] = useState(present)
  const [password, setPassword] = useState('')
  const changing = useMutation({
    mutationFn: () =>
      api.post('/auth/password', { body: { current_password: current, new_password: password } }),
    onSuccess: async () => {
      client.clear()
      await router.invalidate()
    },
  })
  const code = changing.error instanceof ApiError ? changing.error.code : undefined
  const wrong = code === 'auth.password_wrong'
  const weak = code === 'auth.password_weak'
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        changing.mutate()
      }}
    >
      {/* So that password managers know whose it is. */}
      <input type="text" name="username" value={username} autoComplete="username" readOnly hidden />
      {(!present || wrong) && (
        <PasswordInput
          label="Present password"
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          error={wrong ? explain(changing.error) : undefined}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the present password' }}
          required
          withAsterisk={false}
        />
      )}
      <NewPassword
        label="New password"
        value={password}
        onChange={setPassword}
        username={username}
        error={weak ? explain(changing.error) : undefined}
        autoFocus={Boolean(present)}
      />
      {changing.error && !wrong && !weak && <Failure error={changing.error} />}
      <Button
        type="submit"
        fullWidth
        loading={changing.isPending}
        disabled={!current || !isGoodPassword(password, username)}
      >
        Set the password and go on
      </Button>
    </form>
  )
}
