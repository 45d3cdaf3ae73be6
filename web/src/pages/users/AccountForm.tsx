import { Checkbox, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { api, type Versioned } from '@/api/client'
import { peopleChanged, type User } from '@/api/people'
import { Section } from '@/parts/Section'
import { EditFoot, quoted } from '../admin/EditFoot'
import { useEdit } from '../admin/useEdit'
import classes from './Users.module.css'

interface Draft {
  display_name: string
  email: string
  must_change_password: boolean
}

const LABELS: Record<keyof Draft, string> = {
  display_name: 'Full name',
  email: 'E-mail',
  must_change_password: 'The demand for a new password',
}

/** Who the person is. The user name stays: the audit log names people by it. */
export function AccountForm({ read }: { read: Versioned<User> }) {
  const client = useQueryClient()
  const path = `/users/${read.data.id}`
  const edit = useEdit<User, Draft>({
    read,
    draftOf: ({ display_name, email, must_change_password }) => ({
      display_name,
      email: email ?? '',
      must_change_password,
    }),
    save: ({ email, display_name, ...rest }, version) =>
      api.patch<User>(path, {
        body: {
          ...rest,
          ...(display_name === undefined ? {} : { display_name: display_name.trim() }),
          ...(email === undefined ? {} : { email: email.trim() || null }),
        },
        ifMatch: version,
      }),
    load: () => api.getVersioned<User>(path),
    onSaved: async () => {
      notifications.show({ message: `${read.data.username} was saved.` })
      await peopleChanged(client)
    },
  })
  const { draft } = edit
  return (
    <Section title="Account">
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          edit.save()
        }}
      >
        <TextInput
          label="User name"
          value={read.data.username}
          description="Stays for good: the audit log names people by it."
          disabled
        />
        <TextInput
          label="Full name"
          value={draft.display_name}
          maxLength={100}
          onChange={(event) => edit.set({ display_name: event.currentTarget.value })}
        />
        <TextInput
          label="E-mail"
          type="email"
          value={draft.email}
          maxLength={254}
          onChange={(event) => edit.set({ email: event.currentTarget.value })}
        />
        {read.data.has_password && (
          <Checkbox
            label="Must choose a new password at the next sign-in"
            checked={draft.must_change_password}
            onChange={(event) => edit.set({ must_change_password: event.currentTarget.checked })}
          />
        )}
        <EditFoot
          edit={edit}
          labels={LABELS}
          what={read.data.username}
          show={(_, value) => (typeof value === 'boolean' ? (value ? 'on' : 'off') : quoted(value))}
        />
      </form>
    </Section>
  )
}
