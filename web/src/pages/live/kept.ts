/** What a browser keeps of somebody's walls: which was open, and what was arranged and not saved. */

import { useState } from 'react'
import { readContent, type Content } from '@/parts/wall/content'

export interface Draft {
  content: Content
  /** The version of the saved wall that it began from. */
  version: string | null
}

export interface Kept {
  /** The saved wall that was open last. */
  open: string | null
  /** By the id of the wall; '' is what belongs to none. */
  drafts: Partial<Record<string, Draft>>
}

const NOTHING: Kept = { open: null, drafts: {} }

export function readKept(text: string | null): Kept {
  try {
    const kept = JSON.parse(text ?? '{}') as { open?: unknown; drafts?: unknown } | null
    const drafts: Kept['drafts'] = {}
    for (const [id, draft] of Object.entries((kept?.drafts ?? {}) as Record<string, Partial<Draft> | null>)) {
      const content = readContent(draft?.content)
      if (content)
        drafts[id] = { content, version: typeof draft?.version === 'string' ? draft.version : null }
    }
    return { open: typeof kept?.open === 'string' ? kept.open : null, drafts }
  } catch {
    return NOTHING
  }
}

/** Of one person: others who sign in at the same browser have their own. */
export function useKept(user: string): [Kept, (change: (kept: Kept) => Kept) => void] {
  const key = `vedette.walls.${user}`
  const [kept, setKept] = useState(() => readKept(stored(key)))
  const change = (changed: (kept: Kept) => Kept) =>
    setKept((now) => {
      const next = changed(now)
      try {
        localStorage.setItem(key, JSON.stringify(next))
      } catch {
        // Blocked storage: it then holds for this page only.
      }
      return next
    })
  return [kept, change]
}

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
