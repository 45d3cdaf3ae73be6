/** The cameras of the page in their places. Pure. */

import type { Tile } from '@/parts/wall/content'
import type { Reviewed } from '../reviewed'

export interface Shown extends Reviewed {
  /** Named in the address, and not (any more) to be watched, or not there. */
  missing: boolean
}

const NONE: Omit<Shown, 'id' | 'slug' | 'name'> = {
  removed: false,
  sub: false,
  tone: 'idle',
  recording: false,
  live: false,
  download: false,
  missing: true,
}

/**
 * Those to choose from, and those that only the address knows. `names` are the names by slug of what one sees but may not
 * watch.
 */
export function everyone(
  cameras: readonly Reviewed[],
  slugs: readonly (string | null)[],
  names: ReadonlyMap<string, string>,
): Shown[] {
  const known = new Set(cameras.map(({ slug }) => slug))
  const unknown = slugs.filter((slug): slug is string => slug !== null && !known.has(slug))
  return [
    ...cameras.map((camera) => ({ ...camera, missing: false })),
    ...unknown.map((slug) => ({ ...NONE, id: `missing ${slug}`, slug, name: names.get(slug) ?? slug })),
  ]
}

/** The one of `slugs` that is selected: `wanted`, else the first place's. */
export function leadOf(
  cameras: readonly Shown[],
  slugs: readonly (string | null)[],
  wanted: string | undefined,
): Shown | undefined {
  const of = (slug: string | null | undefined) => cameras.find((camera) => camera.slug === slug)
  const inPlace = wanted !== undefined && slugs.includes(wanted) ? of(wanted) : undefined
  return inPlace ?? of(slugs.find((slug) => slug !== null))
}

export function tilesFor(cameras: readonly Shown[], slugs: readonly (string | null)[]): (Tile | null)[] {
  return slugs.map((slug) => {
    const found = cameras.find((camera) => camera.slug === slug)
    return found ? { camera: found.id, stream: 'auto' } : null
  })
}

export function slugsOf(cameras: readonly Shown[], tiles: readonly (Tile | null)[]): (string | null)[] {
  return tiles.map((tile) => cameras.find(({ id }) => id === tile?.camera)?.slug ?? null)
}
