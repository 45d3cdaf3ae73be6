import { Menu, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { IconLogout, IconUserCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { api, explain } from '@/api/client'
import { camerasQuery } from '@/api/queries'
import { session } from '@/access/session'
import { useAccess } from '@/access/useAccess'
import { initials, roleSummary } from '@/access/words'
import { pagesFor } from './pages'
import classes from './UserMenu.module.css'

/** Who is here: the profile, and the way out. On phones also the pages that have no place in the bar. */
export function UserMenu({ overflow }: { overflow: number | null }) {
  const { me } = useAccess()
  const cameras = useQuery(camerasQuery).data
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const phone = overflow !== null
  const leaving = useMutation({
    mutationFn: () => api.post('/auth/logout'),
    onSuccess: () => session.ended('left'),
    onError: (error) => notifications.show({ color: 'red', message: explain(error) }),
  })
  if (!me.user) return null
  const name = me.user.display_name || me.user.username
  const more = phone ? pagesFor(me).slice(overflow) : []
  return (
    <Menu
      opened={open}
      onChange={setOpen}
      position={phone ? 'top-end' : 'right-end'}
      width={240}
      portalProps={{ target: '#user-menu' }}
    >
      <Menu.Target>
        <Tooltip label={name} position="right" openDelay={150} disabled={open || phone}>
          <button
            type="button"
            className={classes.button}
            aria-label={phone ? `More, account of ${name}` : `Account of ${name}`}
          >
            <span className={classes.sign} data-initials={initials(name)} aria-hidden />
            <span className={classes.label} aria-hidden>
              More
            </span>
          </button>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who} role="presentation">
          <strong>{name}</strong>
          <span className="meta">{roleSummary(me, (id) => cameras?.find((one) => one.id === id)?.name)}</span>
        </div>
        <Menu.Divider />
        {more.map(({ to, label, icon: Icon }) => (
          <Menu.Item
            key={to}
            leftSection={<Icon size={16} aria-hidden />}
            onClick={() => void navigate({ to })}
          >
            {label}
          </Menu.Item>
        ))}
        {more.length > 0 && <Menu.Divider />}
        <Menu.Item
          leftSection={<IconUserCircle size={16} aria-hidden />}
          onClick={() => void navigate({ to: '/profile' })}
        >
          Profile and preferences
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => leaving.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
