import { Button, Modal, Skeleton } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { Versioned } from '@/api/client'
import { permissionsQuery, roleQuery, rolesQuery, type Role } from '@/api/people'
import { Failure } from '@/parts/Notice'
import { permissionGroups } from '@/words/permissions'
import { AdminPage } from '../admin/AdminPage'
import { GrantSection } from '../grants/GrantTable'
import { DeleteRole } from './DeleteRole'
import { RoleDialog, type RoleTask } from './RoleDialog'
import { RoleMatrix } from './RoleMatrix'
import { SaveBar } from './SaveBar'
import { useRoleDrafts } from './useRoleDrafts'

const route = getRouteApi('/frame/admin/roles')

/** Every role with every permission: the built-in ones to look at, the others to change. */
export function RolesPage() {
  const { role: looked } = route.useSearch()
  const navigate = useNavigate()
  const roles = useQuery(rolesQuery)
  const known = useQuery(permissionsQuery)
  // The built-in ones never change; the others are read with their versions.
  const custom = useQueries({
    queries: (roles.data ?? []).filter(({ built_in }) => !built_in).map(({ id }) => roleQuery(id)),
    combine: (found) => new Map(found.flatMap(({ data }) => (data ? [[data.data.id, data] as const] : []))),
  })
  const drafts = useRoleDrafts(custom)
  const [task, setTask] = useState<RoleTask | null>(null)
  const [deleting, setDeleting] = useState<Versioned<Role> | null>(null)
  const error = roles.error ?? known.error
  const shown = roles.data?.find(({ id }) => id === looked)
  return (
    <AdminPage
      fit
      title="Roles"
      note="What each role permits. It is given to users and groups, everywhere or in zones."
      actions={
        <Button
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => setTask({ kind: 'new', base: null })}
        >
          Add role
        </Button>
      }
    >
      {error && !(roles.data && known.data) && (
        <Failure
          error={error}
          onRetry={() => {
            void roles.refetch()
            void known.refetch()
          }}
        />
      )}
      {!(roles.data && known.data) && !error && <Skeleton height={560} />}
      {roles.data && known.data && (
        <RoleMatrix
          roles={roles.data}
          groups={permissionGroups(known.data)}
          drafts={drafts}
          onUsers={(role) => void navigate({ to: '/admin/roles', search: { role: role.id } })}
          onCopy={(role) => setTask({ kind: 'new', base: role })}
          onRename={(role) => setTask({ kind: 'rename', role })}
          onDelete={(role) => setDeleting(custom.get(role.id) ?? null)}
        />
      )}
      <SaveBar drafts={drafts} />
      {task && <RoleDialog task={task} roles={roles.data ?? []} onClose={() => setTask(null)} />}
      {deleting && <DeleteRole read={deleting} onClose={() => setDeleting(null)} />}
      <Modal
        opened={shown !== undefined}
        onClose={() => void navigate({ to: '/admin/roles', search: {} })}
        title={`Role ${shown?.name ?? ''}`}
        size="xl"
      >
        {shown && (
          <GrantSection
            of={{ role: shown.id }}
            name={shown.name}
            title="Who has it"
            note={shown.description}
            none="Nobody was given this role."
          />
        )}
      </Modal>
    </AdminPage>
  )
}
