/** The days of the overview, fetched month by month and kept. No React here: the canvas asks at every frame. */

import { fetchCoverageDays } from '@/api/queries'
import { cellsOf, monthsOf, type DayCell } from './days'
import type { View } from './scale'

interface Entry {
  cells: Map<string, DayCell[]> | null
  fetchedAt: number
  pending: AbortController | null
  failedAt: number
}

/** What is asked for at once. */
interface Piece {
  month: string
  zone: string
  chunk: number
}

const keyOf = ({ month, zone, chunk }: Piece) => `${zone} ${month} ${chunk}`

const RETRY_MS = 5_000
// A month of so many cameras is asked for at once: the first rows are there before the last.
const CHUNK = 16
// The present month changes by the minute.
const STALE_MS = 60_000
const NO_DAYS: ReadonlyMap<string, DayCell[]> = new Map()

export class DayStore {
  private readonly entries = new Map<string, Entry>()
  private memo: { key: string; rows: Map<string, DayCell[]> } | null = null
  private version = 0

  constructor(
    private readonly cameras: readonly string[],
    private readonly changed: () => void,
  ) {}

  /** What is known of the days in the view, camera by camera, and asks for what is not. */
  rows(view: View, width: number, zone: string, now: number): ReadonlyMap<string, DayCell[]> {
    if (this.cameras.length === 0) return NO_DAYS
    const months = monthsOf(view, width, zone, now)
    for (const [index, month] of months.entries())
      for (let chunk = 0; chunk * CHUNK < this.cameras.length; chunk += 1)
        this.ensure({ month, zone, chunk }, now, index === months.length - 1)
    const key = `${this.version} ${zone} ${months.join()}`
    if (this.memo?.key === key) return this.memo.rows
    const rows = new Map<string, DayCell[]>()
    for (const month of months)
      for (let chunk = 0; chunk * CHUNK < this.cameras.length; chunk += 1)
        for (const [camera, cells] of this.entries.get(keyOf({ month, zone, chunk }))?.cells ?? [])
          rows.set(camera, [...(rows.get(camera) ?? []), ...cells])
    this.memo = { key, rows }
    return rows
  }

  /** Footage was deleted or repaired: nothing that is kept can be trusted. */
  forget(): void {
    this.destroy()
    this.entries.clear()
    this.version += 1
  }

  destroy(): void {
    for (const entry of this.entries.values()) entry.pending?.abort()
  }

  private ensure(piece: Piece, now: number, last: boolean): void {
    const key = keyOf(piece)
    let entry = this.entries.get(key)
    if (!entry) {
      entry = { cells: null, fetchedAt: 0, pending: null, failedAt: 0 }
      this.entries.set(key, entry)
    }
    const fresh = entry.cells !== null && (!last || now - entry.fetchedAt < STALE_MS)
    if (fresh || entry.pending || now - entry.failedAt < RETRY_MS) return
    this.fetch(entry, piece, now)
  }

  private fetch(entry: Entry, { month, zone, chunk }: Piece, now: number): void {
    const pending = new AbortController()
    entry.pending = pending
    const cameras = this.cameras.slice(chunk * CHUNK, (chunk + 1) * CHUNK)
    fetchCoverageDays(cameras, month, zone, pending.signal).then(
      (found) => {
        entry.cells = cellsOf(found, zone)
        entry.fetchedAt = now
        entry.pending = null
        this.version += 1
        this.changed()
      },
      () => {
        entry.pending = null
        entry.failedAt = now
      },
    )
  }
}
