/**
 * Coverage for the timeline, fetched in tiles of fixed spans and kept, so that dragging never waits. No React here: the
 * canvas asks at every frame.
 */

import { fetchCoverage } from '@/api/queries'
import type { Coverage } from '@/api/types'
import { levelFor, mergeTiles, TILE_MS, tilesOf, type CameraSpans, type TileData } from './tiles'
import type { View } from './scale'

interface Entry {
  tile: TileData | null
  fetchedAt: number
  pending: AbortController | null
  usedAt: number
  failedAt: number
}

const MOST_TILES = 240
const RETRY_MS = 5_000
// Rows of the index come a little after the footage; until then a tile that was the present is asked again.
const SETTLE_MS = 60_000

export class CoverageStore {
  private readonly entries = new Map<string, Entry>()
  private readonly listeners = new Set<() => void>()
  private memo: { key: string; rows: Map<string, CameraSpans> } | null = null
  private version = 0

  constructor(readonly cameras: readonly string[]) {}

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  /** What is known of the view, camera by camera, and asks for what is not. */
  rows(view: View, width: number, now: number): Map<string, CameraSpans> {
    const level = levelFor(view, width)
    const wanted = tilesOf(view, width, level)
    for (const index of wanted) this.ensure(level, index, now)
    const key = `${this.version} ${level} ${wanted.join()}`
    if (this.memo?.key === key) return this.memo.rows
    const tiles = wanted.flatMap((index) => this.best(level, index))
    this.memo = { key, rows: mergeTiles(this.cameras, tiles) }
    return this.memo.rows
  }

  /** Asks again for every tile that was not yet history when it was fetched. */
  refresh(now: number): void {
    for (const [key, entry] of this.entries) {
      if (!entry.tile || entry.pending || entry.fetchedAt - entry.tile.end > SETTLE_MS) continue
      if (now - entry.usedAt < SETTLE_MS) this.fetch(key, entry, entry.tile, now)
    }
  }

  /** Footage was deleted or repaired: nothing that is kept can be trusted. */
  forget(): void {
    for (const entry of this.entries.values()) entry.pending?.abort()
    this.entries.clear()
    this.changed()
  }

  destroy(): void {
    for (const entry of this.entries.values()) entry.pending?.abort()
    this.listeners.clear()
  }

  /** The tile itself, else what a coarser one knows of its span. */
  private best(level: number, index: number): TileData[] {
    const length = TILE_MS[level] ?? 0
    const start = index * length
    for (let other = level; other < TILE_MS.length; other += 1) {
      const entry = this.entries.get(`${other} ${Math.floor(start / (TILE_MS[other] ?? 1))}`)
      if (entry?.tile) return [{ ...entry.tile, start, end: start + length }]
    }
    return []
  }

  private ensure(level: number, index: number, now: number): void {
    const length = TILE_MS[level] ?? 0
    const start = index * length
    if (start > now || this.cameras.length === 0) return
    const key = `${level} ${index}`
    let entry = this.entries.get(key)
    if (!entry) {
      entry = { tile: null, fetchedAt: 0, pending: null, usedAt: now, failedAt: 0 }
      this.entries.set(key, entry)
      this.evict()
    }
    entry.usedAt = now
    if (entry.tile || entry.pending || now - entry.failedAt < RETRY_MS) return
    this.fetch(key, entry, { start, end: start + length }, now)
  }

  private fetch(key: string, entry: Entry, span: { start: number; end: number }, now: number): void {
    const pending = new AbortController()
    entry.pending = pending
    const ask = {
      cameras: this.cameras,
      start: span.start,
      end: span.end,
      resolutionMs: (span.end - span.start) / 4096,
    }
    fetchCoverage(ask, pending.signal).then(
      (coverage: Coverage) => {
        entry.tile = { start: span.start, end: span.end, cameras: coverage.cameras }
        entry.fetchedAt = now
        entry.pending = null
        if (this.entries.has(key)) this.changed()
      },
      () => {
        entry.pending = null
        entry.failedAt = now
      },
    )
  }

  private evict(): void {
    if (this.entries.size <= MOST_TILES) return
    const oldest = [...this.entries].sort(([, a], [, b]) => a.usedAt - b.usedAt)
    for (const [key, entry] of oldest.slice(0, MOST_TILES / 4)) {
      entry.pending?.abort()
      this.entries.delete(key)
    }
  }

  private changed(): void {
    this.version += 1
    for (const listener of this.listeners) listener()
  }
}
