import { Button, Group, Modal, PasswordInput, Stack, Table } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { useAccess } from '@/access/useAccess'
import { api } from '@/api/client'
import { identitiesQuery, oidcKeys, type Identity } from '@/api/oidc'
import { Confirm } from '@/parts/Confirm'
import { Failure, Notice } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { signInFailure } from '@/words/sign-in'
import classes from './SignIn.module.css'

/** One's own links with sign-in providers. Nothing where there are none to link. */
export function LinkedProviders() {
  const identities = useQuery(identitiesQuery).data ?? []
  // Where linking failed the server sends the browser back here with a code.
  const failure = useLocation({ select: ({ search }) => (search as { error?: unknown }).error })
  if (identities.length === 0) return null
  return (
    <Section title="Sign-in providers" note="Linked ones sign you in without your password.">
      {typeof failure === 'string' && <Notice tone="danger">{signInFailure(failure)}</Notice>}
      <Table className={classes.table ?? ''} verticalSpacing={8}>
        <Table.Tbody>
          {identities.map((one) => (
            <Row key={one.provider} identity={one} />
          ))}
        </Table.Tbody>
      </Table>
    </Section>
  )
}

function Row({ identity }: { identity: Identity }) {
  return (
    <Table.Tr>
      <Table.Th scope="row">{identity.provider_name}</Table.Th>
      <Table.Td>{identity.linked ? `linked as ${identity.name ?? '?'}` : 'not linked'}</Table.Td>
      <Table.Td ta="right">
        {identity.linked ? <Unlink identity={identity} /> : <Link identity={identity} />}
      </Table.Td>
    </Table.Tr>
  )
}

/** It also ends the logins that came by the provider, perhaps this one: that is said before. */
function Unlink({ identity: { provider, provider_name: name } }: { identity: Identity }) {
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)} aria-label={`Unlink ${name}`}>
        Unlink
      </Button>
      <Confirm
        opened={asking}
        title={`Unlink ${name}?`}
        action="Unlink"
        act={() => api.delete(`/auth/identities/${provider}`)}
        onClose={() => setAsking(false)}
        onDone={() => {
          notifications.show({ message: `${name} was unlinked.` })
          void client.invalidateQueries({ queryKey: oidcKeys.identities })
        }}
      >
        You can no longer sign in with it, and whoever signed in with it is signed out: you too, if you came
        in that way. Your password stays as it is.
      </Confirm>
    </>
  )
}

/** Asks for the password, where there is one, and goes to the provider. */
function Link({ identity: { provider, provider_name: name } }: { identity: Identity }) {
  const { me } = useAccess()
  const [asking, setAsking] = useState(false)
  const [password, setPassword] = useState('')
  const linking = useMutation({
    mutationFn: () =>
      api.post<{ location: string }>(`/auth/oidc/${provider}/link`, {
        body: { password: password || null, next: window.location.pathname },
      }),
    onSuccess: ({ location }) => window.location.assign(location),
  })
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)} aria-label={`Link with ${name}`}>
        Link
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={`Link your account with ${name}`}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            linking.mutate()
          }}
        >
          <Stack>
            <p>You go to {name}, sign in there, and come back here.</p>
            {me.user?.has_password && (
              <PasswordInput
                label="Your password here"
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
                autoComplete="current-password"
                visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
                required
                withAsterisk={false}
                data-autofocus
              />
            )}
            {linking.error && <Failure error={linking.error} />}
            <Group justify="flex-end">
              <Button variant="default" onClick={() => setAsking(false)}>
                Cancel
              </Button>
              <Button type="submit" loading={linking.isPending || linking.isSuccess}>
                Continue to {name}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  )
}
