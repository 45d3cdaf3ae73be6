import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ApiError } from '@/api/client'
import { peopleChanged, type Role } from '@/api/people'
import { Failure } from '@/parts/Notice'

export type RoleTask = { kind: 'new'; base: Role | null } | { kind: 'rename'; role: Role }

interface Props {
  task: RoleTask
  roles: Role[]
  onClose: () => void
}

/** A new role, from nothing or from another one; or another name for one. What it permits is ticked in the table. */
export function RoleDialog({ task, roles, onClose }: Props) {
  const client = useQueryClient()
  const renamed = task.kind === 'rename' ? task.role : null
  const [name, setName] = useState(
    renamed?.name ?? (task.kind === 'new' && task.base ? `${task.base.name} 2` : ''),
  )
  const [description, setDescription] = useState(renamed?.description ?? '')
  const [base, setBase] = useState(task.kind === 'new' ? (task.base?.id ?? null) : null)
  const saving = useMutation({
    mutationFn: async () => {
      const body = { name: name.trim(), description: description.trim() }
      if (!renamed) {
        const permissions = roles.find(({ id }) => id === base)?.permissions ?? []
        return api.post<Role>('/roles', { body: { ...body, permissions } })
      }
      // Only what was changed here: somebody else may be ticking permissions.
      const { version } = await api.getVersioned<Role>(`/roles/${renamed.id}`)
      return api.patch<Role>(`/roles/${renamed.id}`, { body, ifMatch: version })
    },
    onSuccess: async (role) => {
      notifications.show({
        message: renamed ? `${role.name} was saved.` : `${role.name} was added. Tick what it permits.`,
      })
      onClose()
      await peopleChanged(client)
    },
  })
  const taken = saving.error instanceof ApiError && saving.error.field === 'name' ? saving.error : null
  return (
    <Modal opened onClose={onClose} title={renamed ? `Role ${renamed.name}` : 'Add role'}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        <Stack>
          <TextInput
            label="Name"
            required
            data-autofocus
            maxLength={100}
            value={name}
            error={taken?.message}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label="Description"
            description="Shown where the role is given."
            maxLength={1000}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          {!renamed && (
            <Select
              label="Begin with the permissions of"
              placeholder="None"
              clearable
              data={roles.map((role) => ({ value: role.id, label: role.name }))}
              value={base}
              onChange={setBase}
            />
          )}
          {saving.error && !taken && <Failure error={saving.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={!name.trim()}>
              {renamed ? 'Save' : 'Add role'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
