/** Several cameras in the address of playback: who stands where. Pure. */

import type { Layout } from '@/api/walls'
import { LAYOUTS, tilesOf } from '@/parts/wall/grid'

/** As many as are played at once. */
export const MOST_CAMERAS = 16

export const SYNC_LAYOUTS: readonly Layout[] = LAYOUTS.filter(
  (layout) => layout === 'auto' || tilesOf(layout, 0) <= MOST_CAMERAS,
)

export interface TogetherSearch {
  /** Slugs, place by place, with a comma between places; nothing stands for an empty place. */
  cameras?: string
  layout?: Layout
  page?: number
  /** Slug of the one that is shown alone. */
  focus?: string
}

/** What the address says of it; what can't be meant is left out. */
export function togetherSearch(search: Record<string, unknown>): TogetherSearch {
  const { cameras, layout, page, focus } = search
  // A camera may be called 1.
  const text = typeof cameras === 'number' ? String(cameras) : cameras
  return {
    cameras: typeof text === 'string' && /^[a-z0-9,-]*$/.test(text) ? text : undefined,
    layout: SYNC_LAYOUTS.find((one) => one === layout || one === String(layout)),
    page: typeof page === 'number' && page >= 1 ? Math.floor(page) : undefined,
    focus: typeof focus === 'string' ? focus : undefined,
  }
}

/** The slug of each place; each camera once. Null where the address is of one camera. */
export function placesIn(cameras: string | undefined): (string | null)[] | null {
  if (cameras === undefined) return null
  const seen = new Set<string>()
  const places: (string | null)[] = []
  for (const slug of cameras.split(',')) {
    if (seen.size === MOST_CAMERAS || places.length === 4 * MOST_CAMERAS) break
    places.push(slug === '' || seen.has(slug) ? null : slug)
    if (slug) seen.add(slug)
  }
  return places
}

export function placesOut(places: readonly (string | null)[]): string {
  const last = places.findLastIndex((slug) => slug !== null)
  return places
    .slice(0, last + 1)
    .map((slug) => slug ?? '')
    .join(',')
}

/** The layout in which so many places are seen at once. */
export function layoutFor(wanted: Layout): Layout {
  return SYNC_LAYOUTS.includes(wanted) ? wanted : 'auto'
}
