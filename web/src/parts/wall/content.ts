/** What a wall shows and what arranging does to it. Pure. */

import type { Layout, TileStream, Wall, WallBody, WallZone } from '@/api/walls'
import { count } from '@/words/format'
import { LAYOUT_WORDS, LAYOUTS, MOST_TILES, tilesOf } from './grid'

export interface Tile {
  /** Its id. */
  camera: string
  stream: TileStream
}

/** A camera or nothing for each place, counted over all pages. */
export type Places = readonly (Tile | null)[]

export interface Content {
  layout: Layout
  source: Wall['source']
  zone: string | null
  /** With the source `tiles`. */
  tiles: Places
  sequence: boolean
  seconds: number
}

export const EVERYTHING: Content = {
  layout: 'auto',
  source: 'all',
  zone: null,
  tiles: [],
  sequence: false,
  seconds: 10,
}

export function contentOf(wall: Wall): Content {
  const tiles: (Tile | null)[] = []
  for (const { place, camera_id, stream } of wall.tiles) {
    while (tiles.length < place) tiles.push(null)
    tiles[place] = { camera: camera_id, stream }
  }
  return {
    layout: wall.layout,
    source: wall.source,
    zone: wall.zone_id,
    tiles,
    sequence: wall.sequence,
    seconds: wall.sequence_seconds,
  }
}

/** The same for the API; `zone_id` only where it means something. */
export function bodyOf(content: Content): WallBody {
  return {
    layout: content.layout,
    source: content.source,
    ...(content.source === 'zone' ? { zone_id: content.zone } : {}),
    tiles:
      content.source === 'tiles'
        ? content.tiles.flatMap((tile, place) =>
            tile ? [{ place, camera_id: tile.camera, stream: tile.stream }] : [],
          )
        : [],
    sequence: content.sequence,
    sequence_seconds: content.seconds,
  }
}

export function same(a: Content, b: Content): boolean {
  return JSON.stringify(bodyOf(a)) === JSON.stringify(bodyOf(b))
}

/** In a line, to tell two of them apart: `2 × 2, 3 cameras, a page every 10 s`. */
export function summary(content: Content, zones: readonly WallZone[]): string {
  const shown =
    content.source === 'all'
      ? 'all cameras'
      : content.source === 'zone'
        ? `the zone ${zones.find(({ id }) => id === content.zone)?.name ?? 'that is gone'}`
        : count(content.tiles.filter(Boolean).length, 'camera')
  const turns = content.sequence ? `, a page every ${content.seconds} s` : ''
  return `${LAYOUT_WORDS[content.layout]}, ${shown}${turns}`
}

/** What a browser kept: null where it is not (or no longer) understood. */
export function readContent(kept: unknown): Content | null {
  if (typeof kept !== 'object' || kept === null) return null
  const { layout, source, zone, tiles, sequence, seconds } = kept as Partial<Content>
  const known = LAYOUTS.find((one) => one === layout)
  if (!known || (source !== 'all' && source !== 'zone' && source !== 'tiles')) return null
  return {
    layout: known,
    source,
    zone: typeof zone === 'string' ? zone : null,
    tiles: Array.isArray(tiles) ? tiles.slice(0, MOST_TILES).map(readTile) : [],
    sequence: sequence === true,
    seconds: typeof seconds === 'number' && seconds >= 3 && seconds <= 3600 ? Math.round(seconds) : 10,
  }
}

function readTile(kept: unknown): Tile | null {
  if (typeof kept !== 'object' || kept === null) return null
  const { camera, stream } = kept as Partial<Tile>
  if (typeof camera !== 'string') return null
  return { camera, stream: stream === 'main' || stream === 'sub' ? stream : 'auto' }
}

/** What stands where for somebody who may watch these cameras. */
export function placesOf(content: Content, cameras: readonly string[], zones: readonly WallZone[]): Places {
  if (content.source === 'tiles')
    return trimmed(content.tiles.map((tile) => (tile && cameras.includes(tile.camera) ? tile : null)))
  const inside = zones.find(({ id }) => id === content.zone)?.cameras ?? []
  return cameras
    .filter((id) => content.source === 'all' || inside.includes(id))
    .map((camera) => ({ camera, stream: 'auto' }))
}

/** The content with other places: from then on it is arranged by hand. */
function arranged(content: Content, places: Places): Content {
  return { ...content, source: 'tiles', zone: null, tiles: trimmed(places).slice(0, MOST_TILES) }
}

/** A camera comes to a place; one that is on the same page already moves there. */
export function put(content: Content, places: Places, at: number, camera: string): Content {
  const size = tilesOf(content.layout, places.length)
  const first = content.layout === 'auto' ? 0 : Math.floor(at / size) * size
  const last = content.layout === 'auto' ? places.length : first + size
  const from = places.findIndex((tile, place) => tile?.camera === camera && place >= first && place < last)
  if (from >= 0) return swap(content, places, from, at)
  const next = padded(places, at + 1)
  next[at] = { camera, stream: 'auto' }
  return arranged(content, next)
}

/** Two places exchange what they show; either may be empty. */
export function swap(content: Content, places: Places, a: number, b: number): Content {
  const next = padded(places, Math.max(a, b) + 1)
  ;[next[a], next[b]] = [next[b] ?? null, next[a] ?? null]
  return arranged(content, next)
}

export function clear(content: Content, places: Places, at: number): Content {
  // In a grid that grows with its cameras an empty place is none.
  const next = content.layout === 'auto' ? places.filter((_, place) => place !== at) : padded(places, at + 1)
  if (content.layout !== 'auto') next[at] = null
  return arranged(content, next)
}

export function withStream(content: Content, places: Places, at: number, stream: TileStream): Content {
  return arranged(
    content,
    places.map((tile, place) => (tile && place === at ? { ...tile, stream } : tile)),
  )
}

/** How many pages there are; with `spare` also one to put further cameras on. */
export function pagesOf(layout: Layout, places: Places, spare: boolean): number {
  const size = tilesOf(layout, places.length)
  if (layout === 'auto') return 1
  const full = Math.max(1, Math.ceil(places.length / size))
  const most = Math.max(1, Math.floor(MOST_TILES / size))
  return spare ? Math.max(full, Math.min(most, Math.ceil((places.length + 1) / size))) : full
}

function padded(places: Places, length: number): (Tile | null)[] {
  return [...places, ...Array.from({ length: Math.max(0, length - places.length) }, () => null)]
}

function trimmed(places: Places): Places {
  return places.slice(0, places.findLastIndex((tile) => tile !== null) + 1)
}
