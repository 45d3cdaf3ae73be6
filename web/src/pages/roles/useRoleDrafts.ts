import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ApiError, type Versioned } from '@/api/client'
import { peopleChanged, type Permission, type Role } from '@/api/people'
import { changed, rebased, setChange, toggled, type SetChange } from './changes'

interface Draft {
  /** What it was made from. */
  base: Versioned<Role>
  permissions: Permission[]
}

export interface Pending {
  role: Role
  change: SetChange
  /** What somebody else changed meanwhile, when that stands against saving. */
  theirs: SetChange | null
  error: Error | null
}

export interface RoleDrafts {
  /** What the role would permit. */
  permissions: (role: Role) => readonly Permission[]
  /** Whether it can be changed now. */
  ready: (role: Role) => boolean
  toggle: (role: Role, name: Permission) => void
  pending: Pending[]
  saving: boolean
  saveAll: () => Promise<void>
  discard: (role: Role) => void
  /** Goes on from what somebody else made of it, with or without one's own changes. */
  resolve: (role: Role, keepMine: boolean) => void
}

/** Ticks that are not saved yet, of several roles at once. */
export function useRoleDrafts(present: ReadonlyMap<string, Versioned<Role>>): RoleDrafts {
  const client = useQueryClient()
  const [drafts, setDrafts] = useState<ReadonlyMap<string, Draft>>(new Map())
  const [conflicts, setConflicts] = useState<ReadonlyMap<string, Versioned<Role>>>(new Map())
  const [errors, setErrors] = useState<ReadonlyMap<string, Error>>(new Map())
  const [saving, setSaving] = useState(false)
  const without = <T>(map: ReadonlyMap<string, T>, id: string) =>
    new Map([...map].filter(([key]) => key !== id))
  const forget = (id: string) => {
    setDrafts((all) => without(all, id))
    setConflicts((all) => without(all, id))
    setErrors((all) => without(all, id))
  }

  const save = async (id: string, draft: Draft): Promise<boolean> => {
    try {
      await api.patch<Role>(`/roles/${id}`, {
        body: { permissions: draft.permissions },
        ifMatch: draft.base.version,
      })
      forget(id)
      return true
    } catch (error) {
      if (error instanceof ApiError && error.status === 412) {
        const fresh = await api.getVersioned<Role>(`/roles/${id}`)
        if (!changed(setChange(draft.base.data.permissions, fresh.data.permissions)))
          // Only its name or description is another one.
          return save(id, { ...draft, base: fresh })
        setConflicts((all) => new Map(all).set(id, fresh))
      } else setErrors((all) => new Map(all).set(id, error as Error))
      return false
    }
  }

  return {
    permissions: (role) =>
      drafts.get(role.id)?.permissions ?? present.get(role.id)?.data.permissions ?? role.permissions,
    ready: (role) => present.has(role.id) && !saving,
    toggle: (role, name) => {
      const base = drafts.get(role.id)?.base ?? present.get(role.id)
      if (!base) return
      const permissions = toggled(drafts.get(role.id)?.permissions ?? base.data.permissions, name)
      if (changed(setChange(base.data.permissions, permissions)))
        setDrafts((all) => new Map(all).set(role.id, { base, permissions }))
      else forget(role.id)
    },
    pending: [...drafts.values()].map(({ base, permissions }) => {
      const other = conflicts.get(base.data.id)
      return {
        role: base.data,
        change: setChange(base.data.permissions, permissions),
        theirs: other ? setChange(base.data.permissions, other.data.permissions) : null,
        error: errors.get(base.data.id) ?? null,
      }
    }),
    saving,
    saveAll: async () => {
      setSaving(true)
      setErrors(new Map())
      const done: string[] = []
      try {
        for (const [id, draft] of drafts)
          if (!conflicts.has(id) && (await save(id, draft))) done.push(draft.base.data.name)
      } finally {
        setSaving(false)
      }
      if (done.length > 0)
        notifications.show({ message: `${done.join(', ')} ${done.length > 1 ? 'were' : 'was'} saved.` })
      await peopleChanged(client)
    },
    discard: (role) => forget(role.id),
    resolve: (role, keepMine) => {
      const other = conflicts.get(role.id)
      const draft = drafts.get(role.id)
      if (!other || !draft) return
      const permissions = rebased(draft.base.data.permissions, draft.permissions, other.data.permissions)
      if (keepMine && changed(setChange(other.data.permissions, permissions))) {
        setConflicts((all) => without(all, role.id))
        setDrafts((all) => new Map(all).set(role.id, { base: other, permissions }))
      } else forget(role.id)
    },
  }
}
