import { useQuery } from '@tanstack/react-query'
import { wallQuery, type Wall } from '@/api/walls'
import { contentOf, EVERYTHING, same, type Content } from '@/parts/wall/content'
import { useKept } from './kept'

export interface OpenWall {
  /** Null for what was never saved. */
  saved: Wall | null
  content: Content
  /** Something was changed and not saved. */
  unsaved: boolean
  /** The version that a save must name. */
  version: string | null
  /** Of a wall that could not be read. */
  error: Error | null
  loading: boolean
  /** The wall that was open last; null for none. */
  last: string | null
  change: (content: Content) => void
  /** Forgets what was not saved. */
  discard: () => void
  /** What was arranged goes on from this version: the wall was changed here, and not in what it shows. */
  rebase: (version: string | null) => void
  /** Remembers which wall is open. */
  remember: (id: string | null) => void
}

/** The wall of the page: as it was saved, or as it was arranged since. A kiosk shows only what was saved. */
export function useWall(user: string, id: string | undefined, kiosk: boolean): OpenWall {
  const [kept, keep] = useKept(user)
  const read = useQuery({ ...wallQuery(id ?? ''), enabled: id !== undefined })
  const key = id ?? ''
  const saved = id === undefined ? null : (read.data?.data ?? null)
  const before = saved ? contentOf(saved) : EVERYTHING
  const draft = kiosk ? undefined : kept.drafts[key]
  const without = (drafts: typeof kept.drafts) =>
    Object.fromEntries(Object.entries(drafts).filter(([other]) => other !== key))
  return {
    saved,
    content: draft?.content ?? before,
    unsaved: draft !== undefined,
    version: draft?.version ?? read.data?.version ?? null,
    error: id === undefined ? null : saved ? null : read.error,
    loading: id !== undefined && read.isPending,
    last: kept.open,
    change: (content) =>
      keep((now) => {
        const rest = without(now.drafts)
        if (same(content, before)) return { ...now, drafts: rest }
        const version = now.drafts[key]?.version ?? read.data?.version ?? null
        return { ...now, drafts: { ...rest, [key]: { content, version } } }
      }),
    rebase: (version) =>
      keep((now) => {
        const one = now.drafts[key]
        return one ? { ...now, drafts: { ...now.drafts, [key]: { ...one, version } } } : now
      }),
    discard: () => keep((now) => ({ ...now, drafts: without(now.drafts) })),
    remember: (open) => keep((now) => (now.open === open ? now : { ...now, open })),
  }
}
