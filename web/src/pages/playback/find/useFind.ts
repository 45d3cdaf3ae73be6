import { useEffect, useMemo, useRef, useState } from 'react'
import { isTyping } from '@/frame/keys'
import type { Mark } from '@/timeline/marks'
import { moment } from '@/words/format'
import { regionOf, type Area } from './areas'
import { isShownAt, neighbour, type Hit } from './results'
import type { Span } from './span'
import { useSearch } from './useSearch'

interface Inputs {
  camera: string
  zone: string
  /** The instant of the playhead, null while there is none. */
  playhead: () => number | null
  /** What else is marked on the timeline. */
  others: readonly Mark[]
  onSeek: (at: number) => void
}

// A hand on the key: the playhead that is still on its way is at its goal.
const ON_ITS_WAY_MS = 1_500

/** Finding changes in a region of one camera's picture: what is drawn, what was found, and the keys. */
export function useFind({ camera, zone, playhead, others, onSeek }: Inputs) {
  const [open, setOpen] = useState(false)
  const [drawn, setDrawn] = useState<{ camera: string; areas: Area[] }>({ camera, areas: [] })
  const { results, search, cancel } = useSearch(camera)
  const gone = useRef({ at: 0, to: 0 })
  const areas = drawn.camera === camera ? drawn.areas : []
  const hits = results?.hits

  const go = (hit: Hit) => {
    gone.current = { at: Date.now(), to: hit.start }
    onSeek(hit.start)
  }
  const step = (direction: 1 | -1): boolean => {
    if (!hits) return false
    const shown = Date.now() - gone.current.at < ON_ITS_WAY_MS ? gone.current.to : playhead()
    // The frame that is shown at a hit may have begun a moment before it.
    const here = shown !== null && isShownAt(gone.current.to, shown) ? gone.current.to : shown
    const hit = here === null ? null : neighbour(hits, here, direction)
    if (hit) go(hit)
    return true
  }
  const toggle = () => {
    if (open) cancel()
    setOpen(!open)
  }

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (document.querySelector('[role="dialog"], [role="menu"]')) return
      const key = event.key.toLowerCase()
      if (key === 'c') toggle()
      else if (key !== 'h' || !open || !step(event.shiftKey ? -1 : 1)) return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })

  const marks = useMemo(() => {
    if (!open || !hits) return others
    const found = hits.map((hit): Mark => ({
      id: `find ${hit.number}`,
      kind: 'find',
      startMs: hit.start,
      endMs: hit.end ?? hit.start,
      label: moment(hit.start, zone, null),
      camera,
    }))
    return [...others, ...found]
  }, [open, hits, others, zone, camera])

  return {
    open,
    toggle,
    areas,
    setAreas: (next: Area[]) => setDrawn({ camera, areas: next }),
    results,
    /** The hits, and the others. */
    marks,
    go,
    cancel,
    search: ({ start, end }: Span, sensitivity: number) =>
      search({ camera, start, end, region: regionOf(areas), sensitivity }),
  }
}

export type Finding = ReturnType<typeof useFind>
