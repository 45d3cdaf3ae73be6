import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, ApiError, explain } from '@/api/client'
import type { Tokens } from '@/api/types'
import { NewPassword } from '@/access/NewPassword'
import { isGoodPassword } from '@/access/password'
import { session } from '@/access/session'
import { Failure } from '@/parts/Notice'
import { Door } from './Door'
import classes from './Door.module.css'
import { tokenOf, withoutToken } from './setup-token'

/** The first administrator, made by whoever can read the console. */
export function SetupPage() {
  const [brought, setBrought] = useState(takeToken)
  const [token, setToken] = useState(brought)
  // The address with the token, put into a tab that stands here already, loads nothing anew.
  useEffect(() => {
    const onHash = () => {
      const found = takeToken()
      if (!found) return
      setBrought(found)
      setToken(found)
    }
    window.addEventListener('hashchange', onHash)
    return () => window.removeEventListener('hashchange', onHash)
  }, [])
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const making = useMutation({
    mutationFn: () =>
      api.post<Tokens>('/auth/setup', {
        body: { token: token.trim(), username: username.trim(), password, transport: 'cookie' },
      }),
    // The app goes on by itself, to the first run.
    onSuccess: (tokens) => session.opened(tokens),
  })
  const field = making.error instanceof ApiError ? making.error.field : undefined
  const said = (name: string) => (field === name ? explain(making.error) : undefined)
  const tokenShown = !brought || field === 'token'
  const ready = token.trim() !== '' && username.trim() !== '' && isGoodPassword(password, username)
  return (
    <Door
      title="Make the first account"
      intro="It is an administrator’s: it may do everything, also make accounts for others."
    >
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) making.mutate()
        }}
      >
        {tokenShown && (
          <TextInput
            label="Set-up token"
            description="Vedette prints it on its console at each start, until there is an account."
            value={token}
            onChange={(event) => setToken(event.currentTarget.value)}
            error={said('token')}
            autoComplete="off"
            spellCheck={false}
            autoFocus={!brought}
            required
            withAsterisk={false}
          />
        )}
        <TextInput
          // Anew with the token, to take the focus.
          key={brought}
          label="User name"
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
          error={said('username')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={Boolean(brought)}
          required
          withAsterisk={false}
        />
        <NewPassword value={password} onChange={setPassword} username={username} error={said('password')} />
        {making.error && !['token', 'username', 'password'].includes(field ?? '') && (
          <Failure error={making.error} />
        )}
        <Button type="submit" fullWidth loading={making.isPending || making.isSuccess} disabled={!ready}>
          Create the account
        </Button>
      </form>
    </Door>
  )
}

/** The token in the address, which is taken out of it: addresses are remembered, shown and copied. */
function takeToken(): string {
  const token = tokenOf(window.location.href)
  if (token) window.history.replaceState(window.history.state, '', withoutToken(window.location.href))
  return token
}
