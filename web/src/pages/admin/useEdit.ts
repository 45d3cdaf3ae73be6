import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError, type Versioned } from '@/api/client'
import { changesBetween, clashes, merge } from './merge'

interface Options<R, D> {
  read: Versioned<R>
  draftOf: (resource: R) => D
  /** Sends the changes to the version that they were made to. */
  save: (changes: Partial<D>, version: string | null) => Promise<unknown>
  /** The present state, when somebody else was faster. */
  load: () => Promise<Versioned<R>>
  onSaved: () => void | Promise<void>
}

export interface Conflict<D> {
  /** What the other person changed. */
  theirs: Partial<D>
  /** Fields that both changed. */
  both: (keyof D)[]
  keepMine: () => void
  takeTheirs: () => void
}

export interface Edit<D> {
  draft: D
  set: (change: Partial<D>) => void
  dirty: boolean
  save: () => void
  reset: () => void
  saving: boolean
  /** Why it could not be saved; a conflict is told by itself. */
  error: ApiError | Error | null
  conflict: Conflict<D> | null
}

/**
 * A form over something that has versions. When somebody else changed it meanwhile, their change is shown beside one's
 * own and either can be kept; changes of different fields go together. What comes in from outside (the version rises
 * also by acts that are not in the form) never overwrites what is being typed.
 */
export function useEdit<R, D extends object>({ read, draftOf, save, load, onSaved }: Options<R, D>): Edit<D> {
  const [base, setBase] = useState(read)
  const [draft, setDraft] = useState(() => draftOf(read.data))
  const [found, setFound] = useState<Versioned<R> | null>(null)
  const original = draftOf(base.data)
  const changes = changesBetween(original, draft)
  const dirty = Object.keys(changes).length > 0
  if (read !== base && read.version !== base.version && !dirty && !found) {
    setBase(read)
    setDraft(draftOf(read.data))
  }
  const saving = useMutation({
    mutationFn: async ({ onto, wanted }: { onto: Versioned<R>; wanted: D }) => {
      const since = draftOf(onto.data)
      try {
        await save(changesBetween(since, wanted), onto.version)
        return null
      } catch (error) {
        if (!(error instanceof ApiError && error.status === 412)) throw error
        const fresh = await load()
        const theirs = draftOf(fresh.data)
        // The version rose by something that is not in this form: nobody disagrees.
        if (Object.keys(changesBetween(since, theirs)).length > 0) return fresh
        await save(changesBetween(theirs, wanted), fresh.version)
        return null
      }
    },
    onSuccess: async (fresh, { wanted }) => {
      setFound(fresh)
      if (fresh) return
      // Until the new version has been read this is what it says.
      setBase((before) => ({ ...before, data: { ...before.data, ...wanted } }))
      await onSaved()
    },
  })
  const { mutate, reset: forget } = saving
  return {
    draft,
    set: (change) => setDraft((before) => ({ ...before, ...change })),
    dirty,
    save: () => mutate({ onto: base, wanted: draft }),
    reset: () => {
      setDraft(original)
      setFound(null)
      forget()
    },
    saving: saving.isPending,
    error: saving.error,
    conflict: found && {
      theirs: changesBetween(original, draftOf(found.data)),
      both: clashes(original, draft, draftOf(found.data)),
      keepMine: () => {
        const merged = merge(original, draft, draftOf(found.data))
        setBase(found)
        setDraft(merged)
        setFound(null)
        mutate({ onto: found, wanted: merged })
      },
      takeTheirs: () => {
        setBase(found)
        setDraft(draftOf(found.data))
        setFound(null)
      },
    },
  }
}
