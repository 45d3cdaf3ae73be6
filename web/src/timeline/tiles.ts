/** Which tiles a view needs, and how their contents become one row per camera. Pure. */

import type { CameraCoverage, Gap } from '@/api/types'
import { DAY, HOUR, MINUTE } from '@/words/zone'
import type { View } from './scale'

/** Spans of the tiles, by level. */
export const TILE_MS: readonly number[] = [
  15 * MINUTE,
  HOUR,
  4 * HOUR,
  DAY,
  4 * DAY,
  16 * DAY,
  64 * DAY,
  256 * DAY,
]

export interface TileData {
  start: number
  end: number
  cameras: CameraCoverage[]
}

export interface CameraSpans {
  spans: [number, number][]
  gaps: Gap[]
}

/** The level whose tiles are at least as long as the view: two or three of them cover it. */
export function levelFor(view: View, width: number): number {
  const visible = view.msPerPx * width
  const level = TILE_MS.findIndex((length) => length >= visible)
  return level === -1 ? TILE_MS.length - 1 : level
}

/** Numbers of the tiles that the view touches, in order of time. */
export function tilesOf(view: View, width: number, level: number): number[] {
  const length = TILE_MS[level] ?? DAY
  const first = Math.floor(view.start / length)
  const last = Math.floor((view.start + view.msPerPx * width) / length)
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}

/** One row per camera from tiles in order of time; what touches across a tile's border is joined. */
export function mergeTiles(cameras: readonly string[], tiles: readonly TileData[]): Map<string, CameraSpans> {
  const rows = new Map<string, CameraSpans>(cameras.map((id) => [id, { spans: [], gaps: [] }]))
  for (const tile of tiles) {
    for (const coverage of tile.cameras) {
      const row = rows.get(coverage.camera_id)
      if (row) addTile(row, coverage, tile)
    }
  }
  return rows
}

function addTile(row: CameraSpans, coverage: CameraCoverage, tile: TileData): void {
  for (const [start, end] of coverage.spans) {
    const from = Math.max(start, tile.start)
    const to = Math.min(end, tile.end)
    if (to <= from) continue
    const last = row.spans.at(-1)
    if (last && last[1] >= from) last[1] = Math.max(last[1], to)
    else row.spans.push([from, to])
  }
  for (const gap of coverage.gaps) {
    const from = Math.max(gap.start_ms, tile.start)
    const to = Math.min(gap.end_ms, tile.end)
    if (to <= from) continue
    const last = row.gaps.at(-1)
    if (last?.cause === gap.cause && last.end_ms >= from) last.end_ms = Math.max(last.end_ms, to)
    else row.gaps.push({ ...gap, start_ms: from, end_ms: to })
  }
}

export type Hit =
  | { kind: 'recorded'; start: number; end: number }
  /** `more`: others are so near that their marks can't be told from this one's. */
  | { kind: 'gap'; gap: Gap; more: boolean }
  | { kind: 'none' }

/** What is at an instant; the nearest gap wins within `slack`, since short ones are too thin to be met exactly. */
export function hitTest(row: CameraSpans | undefined, at: number, slack: number): Hit {
  if (!row) return { kind: 'none' }
  const away = (gap: Gap) => Math.max(0, gap.start_ms - at, at - gap.end_ms)
  const near = row.gaps.filter((gap) => away(gap) <= slack)
  const [gap, ...others] = near.sort((a, b) => away(a) - away(b))
  if (gap) {
    // Beside a long gap its neighbour is seen by itself.
    const short = (one: Gap) => one.end_ms - one.start_ms <= slack
    return { kind: 'gap', gap, more: short(gap) && others.some(short) }
  }
  const span = row.spans.find(([start, end]) => at >= start && at <= end)
  return span ? { kind: 'recorded', start: span[0], end: span[1] } : { kind: 'none' }
}

/** Lengthens the last span to `now` for a camera that records: the index is a few seconds behind the camera. */
export function withLiveEdge(spans: [number, number][], now: number): [number, number][] {
  const last = spans.at(-1)
  if (!last || last[1] < now - 30_000 || last[1] >= now) return spans
  return [...spans.slice(0, -1), [last[0], now]]
}
