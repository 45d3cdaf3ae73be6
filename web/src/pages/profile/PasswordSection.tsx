import { Button, Group, Modal, PasswordInput, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { IconPassword } from '@tabler/icons-react'
import { useState } from 'react'
import { api, ApiError } from '@/api/client'
import type { MyAccount } from '@/api/types'
import { NewPassword } from '@/access/NewPassword'
import { isGoodPassword } from '@/access/password'
import { saidOf } from '@/access/waiting'
import { Failure } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { SESSIONS } from './LoginSessions'
import classes from './Profile.module.css'

/** One's password. */
export function PasswordSection({ account }: { account: MyAccount }) {
  const [changing, setChanging] = useState(false)
  return (
    <Section title="Password">
      <div className={`${classes.list ?? ''} ${classes.row ?? ''}`}>
        <IconPassword size={20} stroke={1.5} className={classes.icon} aria-hidden />
        <div className={classes.about}>
          {account.has_password
            ? 'Changing it signs you out everywhere else.'
            : 'You sign in with a provider and have no password here.'}
        </div>
        {account.has_password && (
          <Button variant="default" onClick={() => setChanging(true)}>
            Change password
          </Button>
        )}
      </div>
      <Modal opened={changing} onClose={() => setChanging(false)} title="Change password">
        <Change username={account.username} onDone={() => setChanging(false)} />
      </Modal>
    </Section>
  )
}

function Change({ username, onDone }: { username: string; onDone: () => void }) {
  const client = useQueryClient()
  const [present, setPresent] = useState('')
  const [password, setPassword] = useState('')
  const saving = useMutation({
    mutationFn: () =>
      api.post('/auth/password', { body: { current_password: present, new_password: password } }),
    onSuccess: async () => {
      notifications.show({ message: 'The password was changed. You are signed out everywhere else.' })
      onDone()
      await client.invalidateQueries({ queryKey: SESSIONS })
    },
  })
  const code = saving.error instanceof ApiError ? saving.error.code : undefined
  const wrong = code === 'auth.password_wrong'
  const weak = code === 'auth.password_weak'
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <Stack>
        <input type="text" name="username" value={username} autoComplete="username" readOnly hidden />
        <PasswordInput
          label="Present password"
          value={present}
          onChange={(event) => setPresent(event.currentTarget.value)}
          error={wrong ? saidOf(saving.error) : undefined}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the present password' }}
          data-autofocus
        />
        <NewPassword
          label="New password"
          value={password}
          onChange={setPassword}
          username={username}
          error={weak ? saidOf(saving.error) : undefined}
        />
        {saving.error && !wrong && !weak && <Failure error={saving.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button
            type="submit"
            loading={saving.isPending}
            disabled={!present || !isGoodPassword(password, username)}
          >
            Change password
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
