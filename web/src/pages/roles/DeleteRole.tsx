import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type Versioned } from '@/api/client'
import { grantsQuery, peopleChanged, type Role } from '@/api/people'
import { Confirm } from '@/parts/Confirm'
import { count } from '@/words/format'

/** Asks before a role goes, and says who loses it. */
export function DeleteRole({
  read: { data: role, version },
  onClose,
}: {
  read: Versioned<Role>
  onClose: () => void
}) {
  const client = useQueryClient()
  const [opened, setOpened] = useState(true)
  const grants = useQuery(grantsQuery({ role_id: role.id })).data
  const losing = [...new Set(grants?.map(({ subject }) => subject))]
  return (
    <Confirm
      opened={opened}
      title={`Delete the role ${role.name}?`}
      action="Delete role"
      act={() => api.delete(`/roles/${role.id}`, { query: { confirm: true }, ifMatch: version })}
      onDone={() => {
        notifications.show({ message: `The role ${role.name} was deleted.` })
        void peopleChanged(client)
      }}
      onClose={() => setOpened(false)}
      onClosed={onClose}
    >
      {role.grants === 0
        ? 'Nobody was given it: nobody loses anything.'
        : `It was given ${role.grants === 1 ? 'once' : count(role.grants, 'time')}; all of that is withdrawn at once${losing.length > 0 ? `, from ${losing.join(', ')}` : ''}.`}
    </Confirm>
  )
}
