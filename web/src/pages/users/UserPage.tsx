import { ActionIcon, Button, Menu, Skeleton, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { IconDotsVertical, IconListSearch, IconTrash, IconUserCheck, IconUserOff } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { api, ApiError, type Versioned } from '@/api/client'
import { peopleChanged, userQuery, type User } from '@/api/people'
import { NotFound } from '@/frame/Failures'
import { Confirm } from '@/parts/Confirm'
import { Failure } from '@/parts/Notice'
import { StateMark } from '@/parts/StateMark'
import { AdminPage } from '../admin/AdminPage'
import { GrantSection } from '../grants/GrantTable'
import { AccountForm } from './AccountForm'
import { Groups } from './Groups'
import { LoginSection } from './LoginSection'
import { RevokeTokens } from './RevokeTokens'
import { Rights } from './Rights'
import { Sessions } from './Sessions'
import classes from './Users.module.css'
import { userState } from './words'

const route = getRouteApi('/frame/admin/users/$id')

/** One account: who it is, how they sign in, and what they may do. */
export function UserPage() {
  const { id } = route.useParams()
  const user = useQuery(userQuery(id))
  if (user.error instanceof ApiError && user.error.status === 404) return <NotFound />
  if (!user.data)
    return (
      <AdminPage title="User">
        {user.error ? (
          <Failure error={user.error} onRetry={() => void user.refetch()} />
        ) : (
          <Skeleton height={420} />
        )}
      </AdminPage>
    )
  return <Loaded key={id} read={user.data} />
}

function Loaded({ read }: { read: Versioned<User> }) {
  const user = read.data
  const state = userState(user)
  return (
    <AdminPage
      title={user.display_name || user.username}
      note={
        <span className={classes.state} data-tone={state.tone}>
          <StateMark tone={state.tone} size={10} />
          {user.display_name ? `${user.username}: ` : ''}
          {state.label}
        </span>
      }
      actions={<Actions read={read} />}
    >
      <div className={classes.columns}>
        <div>
          <AccountForm read={read} />
          <LoginSection user={user} />
          <Sessions user={user} />
        </div>
        <div>
          <Groups user={user} />
          <GrantSection
            of={{ user: user.id }}
            name={user.username}
            title="Roles"
            note="What this person was given, by name and by groups."
            none="No role yet: this person can sign in and see nothing."
          />
          <Rights user={user} />
        </div>
      </div>
    </AdminPage>
  )
}

function Actions({ read: { data: user, version } }: { read: Versioned<User> }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [doing, setDoing] = useState<'disable' | 'enable' | 'delete' | null>(null)
  const [revokeTokens, setRevokeTokens] = useState(false)
  const menu = useRef<HTMLButtonElement>(null)
  const close = () => setDoing(null)
  const done = (message: string) => () => {
    notifications.show({ message })
    void peopleChanged(client)
  }
  return (
    <>
      {user.disabled ? (
        <Button leftSection={<IconUserCheck size={16} aria-hidden />} onClick={() => setDoing('enable')}>
          Enable
        </Button>
      ) : (
        <Button
          variant="default"
          leftSection={<IconUserOff size={16} aria-hidden />}
          onClick={() => setDoing('disable')}
        >
          Disable
        </Button>
      )}
      <Menu position="bottom-end" portalProps={{ target: '#main' }}>
        <Menu.Target>
          <ActionIcon ref={menu} aria-label={`More for ${user.username}`}>
            <IconDotsVertical size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconListSearch size={16} />}
            onClick={() => void navigate({ to: '/admin/audit', search: { actor: user.id } })}
          >
            What they did
          </Menu.Item>
          <Menu.Item
            leftSection={<IconListSearch size={16} />}
            onClick={() => void navigate({ to: '/admin/audit', search: { object: user.id } })}
          >
            What was done to them
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color="var(--v-recording-text)"
            leftSection={<IconTrash size={16} />}
            onClick={() => setDoing('delete')}
          >
            Delete…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={doing === 'disable'}
        title={`Disable ${user.username}?`}
        action="Disable"
        act={() =>
          api.post(`/users/${user.id}/disable`, { ifMatch: version, body: { revoke_tokens: revokeTokens } })
        }
        onDone={done(`${user.username} is disabled and signed out everywhere.`)}
        onClose={close}
      >
        <Stack>
          <p>
            They are signed out everywhere at once, and their API tokens stop working. Both their roles and
            their tokens come back when they are enabled again.
          </p>
          <RevokeTokens checked={revokeTokens} onChange={setRevokeTokens} />
        </Stack>
      </Confirm>
      <Confirm
        opened={doing === 'enable'}
        harmless
        title={`Enable ${user.username}?`}
        action="Enable"
        act={() => api.post(`/users/${user.id}/enable`, { ifMatch: version })}
        onDone={done(`${user.username} may sign in again.`)}
        onClose={close}
      >
        They may sign in again, with the roles that they have.
      </Confirm>
      <Confirm
        opened={doing === 'delete'}
        title={`Delete ${user.username}?`}
        action="Delete user"
        act={() => api.delete(`/users/${user.id}`, { ifMatch: version })}
        onDone={() => {
          notifications.show({ message: `${user.username} was deleted.` })
          void navigate({ to: '/admin/users' }).then(() => peopleChanged(client))
        }}
        onClose={close}
      >
        Their roles, sessions, API tokens and share links go with them. What they did stays in the audit log.
        This cannot be undone; to keep somebody out for a while, disable them.
      </Confirm>
    </>
  )
}
