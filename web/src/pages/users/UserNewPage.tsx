import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { isGoodPassword } from '@/access/password'
import { api } from '@/api/client'
import { errorAt, errorBeside } from '@/api/field-errors'
import { peopleChanged, rolesQuery, type Grant, type User } from '@/api/people'
import { CopyField } from '@/parts/CopyField'
import { FormFailure, useInvalidField } from '@/parts/FormFailure'
import { LinkButton } from '@/parts/links'
import { Notice } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { useUnsaved } from '@/parts/unsaved'
import { useZone } from '@/state/hooks'
import { AdminPage } from '../admin/AdminPage'
import { emptyGrant, grantBody, grantErrors } from '../grants/draft'
import { WhereFields } from '../grants/GrantDialog'
import { newChoice, passwordOf, PasswordFields } from './PasswordFields'
import classes from './Users.module.css'

interface Made {
  user: User
  password: string | null
  /** Why the role could not be given, though the account was made. */
  refused: string | null
}

/** Adds an account: who it is, how they sign in first, and a first role. */
export function UserNewPage() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const zone = useZone()
  const roles = useQuery(rolesQuery)
  const [username, setUsername] = useState('')
  const [fullName, setFullName] = useState('')
  const [email, setEmail] = useState('')
  const [choice, setChoice] = useState(newChoice)
  const [grant, setGrant] = useState(() => emptyGrant(zone))
  const [shown, setShown] = useState(false)
  const [made, setMade] = useState<Made | null>(null)
  const missing = grant.role ? grantErrors({ ...grant, subject: { user: '' } }, zone) : {}
  const typedWell = choice.kind !== 'typed' || isGoodPassword(choice.typed, username)
  const unsaved = useUnsaved(Boolean(username || fullName || email || grant.role))
  const adding = useMutation({
    mutationFn: async (): Promise<Made> => {
      const password = passwordOf(choice)
      const user = await api.post<User>('/users', {
        body: {
          username: username.trim(),
          display_name: fullName.trim(),
          email: email.trim() || null,
          password,
          must_change_password: choice.kind === 'generated' || (choice.kind === 'typed' && choice.mustChange),
        },
      })
      const handed = choice.kind === 'generated' ? password : null
      if (!grant.role) return { user, password: handed, refused: null }
      try {
        await api.post<Grant>('/grants', { body: grantBody({ ...grant, subject: { user: user.id } }, zone) })
        return { user, password: handed, refused: null }
      } catch (error) {
        return { user, password: handed, refused: error instanceof Error ? error.message : String(error) }
      }
    },
    onSuccess: async (result) => {
      unsaved.saved()
      if (result.password !== null || result.refused !== null) setMade(result)
      else {
        notifications.show({ message: `${result.user.username} was added.` })
        await navigate({ to: '/admin/users/$id', params: { id: result.user.id } })
      }
      await peopleChanged(client)
    },
  })
  const at = (field: string) => errorAt(adding.error, field)
  const fields = ['username', 'email', ...(choice.kind === 'typed' ? ['password'] : [])]
  const form = useInvalidField(adding.error)
  const go = () => {
    if (made) void navigate({ to: '/admin/users/$id', params: { id: made.user.id } })
  }
  return (
    <AdminPage title="Add user">
      <form
        ref={form}
        className={`${classes.form ?? ''} ${classes.newForm ?? ''}`}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setShown(true)
          if (username.trim() && typedWell && Object.keys(missing).length === 0) adding.mutate()
        }}
      >
        <FormFailure error={errorBeside(adding.error, ...fields)} />
        <Section title="Who">
          <TextInput
            label="User name"
            description="For signing in. It stays for good, and capital letters make no difference."
            required
            autoComplete="off"
            maxLength={64}
            value={username}
            error={at('username') ?? (shown && !username.trim() ? 'Give a user name.' : undefined)}
            onChange={(event) => setUsername(event.currentTarget.value)}
          />
          <TextInput
            label="Full name"
            autoComplete="off"
            maxLength={100}
            value={fullName}
            onChange={(event) => setFullName(event.currentTarget.value)}
          />
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="off"
            maxLength={254}
            value={email}
            error={at('email')}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
        </Section>
        <Section title="First sign-in">
          <PasswordFields
            choice={choice}
            username={username}
            withNone
            error={at('password') ?? (shown && !typedWell ? 'This password will not do yet.' : undefined)}
            onChange={(change) => setChoice({ ...choice, ...change })}
          />
        </Section>
        <Section title="First role" note="More can be given afterwards, also for a time or at certain hours.">
          <Select
            label="Role"
            placeholder="None yet"
            clearable
            data={(roles.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            value={grant.role}
            error={roles.error ? `The roles could not be had: ${roles.error.message}` : undefined}
            description={roles.data?.find(({ id }) => id === grant.role)?.description}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            onChange={(role) => setGrant({ ...grant, role })}
          />
          {grant.role && (
            <WhereFields
              draft={grant}
              errors={shown ? missing : {}}
              onChange={(change) => setGrant({ ...grant, ...change })}
            />
          )}
        </Section>
        <Group gap="sm">
          <Button type="submit" loading={adding.isPending}>
            Add user
          </Button>
          <LinkButton to="/admin/users" variant="default">
            Cancel
          </LinkButton>
        </Group>
      </form>
      {unsaved.dialog}
      <Modal opened={made !== null} onClose={go} title={`${made?.user.username ?? ''} was added`}>
        <Stack>
          {made?.refused && (
            <Notice tone="degraded" title="The role was not given.">
              {made.refused}
            </Notice>
          )}
          {made?.password && (
            <>
              <p>
                Hand this over. The password is not shown again; at the first sign-in they choose their own.
              </p>
              <CopyField label="Address" value={window.location.origin} />
              <CopyField label="User name" value={made.user.username} />
              <CopyField label="Initial password" value={made.password} />
            </>
          )}
          <Group justify="flex-end">
            <Button onClick={go}>Done</Button>
          </Group>
        </Stack>
      </Modal>
    </AdminPage>
  )
}
