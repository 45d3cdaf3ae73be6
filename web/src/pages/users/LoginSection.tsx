import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '@/api/client'
import { peopleChanged, type User } from '@/api/people'
import { Confirm } from '@/parts/Confirm'
import { Section } from '@/parts/Section'
import { useNow, useZone } from '@/state/hooks'
import { ago, moment } from '@/words/format'
import { PasswordDialog } from './PasswordDialog'
import classes from './Users.module.css'

/** How the person signs in, and the way out for who lost something of it. */
export function LoginSection({ user }: { user: User }) {
  const client = useQueryClient()
  const zone = useZone()
  const now = useNow(30_000)
  const [doing, setDoing] = useState<'password' | 'totp' | null>(null)
  const last = user.last_login_at ? Date.parse(user.last_login_at) : null
  return (
    <Section title="Sign-in">
      <dl className={classes.facts}>
        <dt>Password</dt>
        <dd>
          {!user.has_password
            ? 'None: comes by an OpenID provider'
            : user.must_change_password
              ? 'To be changed at the next sign-in'
              : 'Set'}
        </dd>
        <dd>
          <Button variant="default" fullWidth onClick={() => setDoing('password')}>
            {user.has_password ? 'Reset password…' : 'Set a password…'}
          </Button>
        </dd>
        <dt>Second factor</dt>
        <dd>{user.totp ? 'On' : 'Off'}</dd>
        <dd>
          <Button variant="default" fullWidth disabled={!user.totp} onClick={() => setDoing('totp')}>
            Reset…
          </Button>
        </dd>
        <dt>Last sign-in</dt>
        <dd className="tabular">
          {last === null ? 'never' : `${moment(last, zone, now, 'minute')}, ${ago(now - last)}`}
        </dd>
        <dd />
        <dt>Since</dt>
        <dd className="tabular">{moment(Date.parse(user.created_at), zone, now, 'minute')}</dd>
      </dl>
      {doing === 'password' && <PasswordDialog user={user} onClose={() => setDoing(null)} />}
      <Confirm
        opened={doing === 'totp'}
        title={`Take the second factor of ${user.username} away?`}
        action="Take it away"
        act={() => api.delete(`/users/${user.id}/totp`)}
        onDone={() => {
          notifications.show({ message: `${user.username} signs in with the password alone now.` })
          void peopleChanged(client)
        }}
        onClose={() => setDoing(null)}
      >
        For somebody who lost the phone and the recovery codes. Until they set up another one, the password
        alone lets them in: make sure that it is really they who ask.
      </Confirm>
    </Section>
  )
}
