import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError } from '@/api/client'
import { changeWall, createWall, wallRolesQuery, wallsChanged, type Wall } from '@/api/walls'
import { CheckList } from '@/parts/CheckList'
import { CopyField } from '@/parts/CopyField'
import { Failure } from '@/parts/Notice'
import { bodyOf } from '@/parts/wall/content'
import type { OpenWall } from './useWall'

interface NameProps {
  opened: boolean
  /** The wall that gets another name; null to save what is shown as a new one. */
  wall: Wall | null
  proposed: string
  open: OpenWall
  onClose: () => void
  onSaved: (id: string) => void
  /** It was renamed, and is read again. */
  onEdited: () => Promise<void>
}

export function NameWall({ opened, wall, proposed, open, onClose, onSaved, onEdited }: NameProps) {
  const client = useQueryClient()
  const [name, setName] = useState(wall?.name ?? proposed)
  const saving = useMutation({
    mutationFn: () =>
      wall ? changeWall(wall.id, { name }, null) : createWall({ name, ...bodyOf(open.content) }),
    onSuccess: async (made) => {
      // What was arranged is in the new one now; the one it came from is as it was.
      if (wall) await onEdited()
      else open.discard()
      await wallsChanged(client)
      onClose()
      onSaved(made.id)
      notifications.show({
        message: wall ? `The wall is called ${made.name} now.` : `${made.name} was saved.`,
      })
    },
  })
  const refused = saving.error instanceof ApiError && saving.error.field === 'name' ? saving.error : null
  return (
    <Modal opened={opened} onClose={onClose} title={wall ? 'Rename the wall' : 'Save the wall'}>
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
            maxLength={100}
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={refused?.message}
          />
          {saving.error && !refused && <Failure error={saving.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={!name.trim()}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

interface WallProps {
  opened: boolean
  wall: Wall
  onClose: () => void
}

type ShareProps = WallProps & { onEdited: () => Promise<void> }

export function ShareWall({ opened, wall, onClose, onEdited }: ShareProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={`Share ${wall.name}`}>
      {opened && <ShareForm wall={wall} onClose={onClose} onEdited={onEdited} />}
    </Modal>
  )
}

function ShareForm({ wall, onClose, onEdited }: Omit<ShareProps, 'opened'>) {
  const client = useQueryClient()
  const roles = useQuery(wallRolesQuery)
  const [chosen, setChosen] = useState(() => wall.shared_with.map(({ id }) => id))
  const known = roles.data ?? wall.shared_with
  const sharing = useMutation({
    mutationFn: () => changeWall(wall.id, { shared_with: chosen }, null),
    onSuccess: async (changed) => {
      await onEdited()
      await wallsChanged(client)
      onClose()
      const names = changed.shared_with.map(({ name }) => name).join(', ')
      notifications.show({
        message: names ? `${wall.name} is shared with ${names}.` : `${wall.name} is yours alone now.`,
      })
    },
  })
  return (
    <Stack>
      <p>
        Whoever has one of these roles can look at it and copy it. Each sees in it only the cameras that they
        may see anyway; the others are empty for them, and not named.
      </p>
      <CheckList
        label="Roles"
        items={known.map(({ id, name }) => ({ id, label: name }))}
        chosen={chosen}
        none="There are no roles."
        onChange={setChosen}
      />
      {sharing.error && <Failure error={sharing.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button loading={sharing.isPending} onClick={() => sharing.mutate()}>
          Share
        </Button>
      </Group>
    </Stack>
  )
}

export function KioskLink({ opened, wall, onClose }: WallProps) {
  const link = new URL(`/live?wall=${wall.id}&kiosk=1`, window.location.href).href
  return (
    <Modal opened={opened} onClose={onClose} title={`${wall.name} on a screen`}>
      <Stack>
        <p>
          This address shows the wall as it is saved and nothing else, and follows its changes. It holds no
          password: sign in on that screen with an account of its own that may only watch these cameras live.
        </p>
        <CopyField label="Address" value={link} />
        {wall.own && wall.shared_with.length === 0 && (
          <p className="meta">
            It is shared with nobody yet: another account can’t open it until you share it.
          </p>
        )}
      </Stack>
    </Modal>
  )
}
