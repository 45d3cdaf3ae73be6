import { Button, Checkbox, Group, Modal, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isGoodPassword } from '@/access/password'
import { api, ApiError } from '@/api/client'
import { peopleChanged, type User } from '@/api/people'
import { Failure } from '@/parts/Notice'
import { newChoice, passwordOf, PasswordFields } from './PasswordFields'
import { RevokeTokens } from './RevokeTokens'

/** A new password for somebody who forgot theirs. */
export function PasswordDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const client = useQueryClient()
  const [choice, setChoice] = useState(newChoice)
  const [endSessions, setEndSessions] = useState(true)
  const [revokeTokens, setRevokeTokens] = useState(false)
  const setting = useMutation({
    mutationFn: () =>
      api.put(`/users/${user.id}/password`, {
        body: {
          password: passwordOf(choice),
          must_change_password: choice.kind === 'generated' || choice.mustChange,
          end_sessions: endSessions,
          revoke_tokens: revokeTokens,
        },
      }),
    onSuccess: async () => {
      const out = endSessions ? ' and is signed out everywhere' : ''
      notifications.show({ message: `${user.username} has a new password${out}.` })
      onClose()
      await peopleChanged(client)
    },
  })
  const weak = setting.error instanceof ApiError && setting.error.field === 'password' ? setting.error : null
  return (
    <Modal opened onClose={onClose} title={`New password for ${user.username}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setting.mutate()
        }}
      >
        <Stack>
          <PasswordFields
            choice={choice}
            username={user.username}
            withNone={false}
            error={weak?.message}
            onChange={(change) => setChoice({ ...choice, ...change })}
          />
          <Checkbox
            label="Sign them out everywhere"
            checked={endSessions}
            onChange={(event) => setEndSessions(event.currentTarget.checked)}
          />
          <RevokeTokens checked={revokeTokens} onChange={setRevokeTokens} />
          {setting.error && !(weak && choice.kind === 'typed') && <Failure error={setting.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              loading={setting.isPending}
              disabled={choice.kind === 'typed' && !isGoodPassword(choice.typed, user.username)}
            >
              Set password
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
