/**
 * Small pictures of recorded footage, sheet by sheet: asked for once, kept while they are of use. No React here: who
 * scrubs asks for an instant many times a second, and gets what there is at once.
 */

import { api } from '@/api/client'
import type { PreviewSheet, Previews } from '@/api/types'
import { listingOf, placeOf, sheetAt, STEPS, type Place, type Step } from './find'

export interface Tile {
  image: ImageBitmap
  place: Place
}

/** Null while it is on its way; `none` where there is no preview: a single picture may be had all the same. */
export type Found = Tile | 'none' | null

interface Listing {
  previews: Previews | null
  askedAt: number
  end: number
}

interface Sheet {
  image: ImageBitmap | null
  failedAt: number
  pending: AbortController | null
}

// Decoded: some 7 MB for a quarter of an hour at the finest step, 1 MB at the coarsest.
const MOST_BYTES = 112 * 1024 * 1024
const MOST_SHEETS = 256
/** How many sheets ahead of the hand are fetched: the less of the timeline one shows, the sooner the hand is past it. */
const AHEAD: Record<Step, number> = { 2_000: 1, 10_000: 4, 60_000: 16 }
const MOST_LISTINGS = 64
const RETRY_MS = 10_000
// A listing of the present gets longer.
const FRESH_MS = 30_000

export class PreviewStore {
  private readonly listings = new Map<string, Listing>()
  private readonly sheets = new Map<string, Sheet>()
  private readonly listeners = new Set<() => void>()

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  /** The picture of an instant; begins to fetch it where it is not there. */
  find(camera: string, at: number, step: Step): Found {
    const listing = this.listing(camera, at, step)
    if (!listing.previews) return null
    const sheet = sheetAt(listing.previews, at)
    if (!sheet) return 'none'
    const kept = this.sheet(camera, sheet)
    if (!kept.image) return kept.failedAt > 0 ? 'none' : null
    return { image: kept.image, place: placeOf(listing.previews, sheet, at, kept.image) }
  }

  /** The same, but while that picture is on its way one of a finer or coarser sheet that is there. Asks for `step` alone. */
  nearest(camera: string, at: number, step: Step): Found {
    const found = this.find(camera, at, step)
    if (found !== null && found !== 'none') return found
    for (const other of STEPS) {
      if (other === step) continue
      const tile = this.held(camera, at, other)
      if (tile) return tile
    }
    return found
  }

  /**
   * Fetches what lies around an instant, most of it in the direction in which the hand goes (1 or -1). What was on its way
   * and is not near any more is given up: it would only keep the line from what is.
   */
  prefetch(camera: string, at: number, step: Step, direction: 1 | -1): void {
    const listing = this.listing(camera, at, step)
    if (!listing.previews) return
    const { sheets } = listing.previews
    const index = sheets.findIndex((sheet) => Date.parse(sheet.start) <= at && at < Date.parse(sheet.end))
    if (index < 0) return
    const places = [0, direction, -direction]
    for (let ahead = 2; ahead <= AHEAD[step]; ahead += 1) places.push(ahead * direction)
    const near = places.map((place) => sheets[index + place]).filter((sheet) => sheet !== undefined)
    const wanted = new Set(near.map(({ url }) => url))
    for (const [url, sheet] of this.sheets) {
      if (!sheet.pending || wanted.has(url)) continue
      drop(sheet)
      this.sheets.delete(url)
    }
    for (const sheet of near) this.sheet(camera, sheet)
  }

  /** A picture of what is there, without asking for anything. */
  private held(camera: string, at: number, step: Step): Tile | null {
    const previews = this.listings.get(`${camera} ${step} ${listingOf(at, step).start}`)?.previews
    const sheet = previews && sheetAt(previews, at)
    const image = sheet && this.sheets.get(sheet.url)?.image
    return image ? { image, place: placeOf(previews, sheet, at, image) } : null
  }

  /** Footage was deleted or repaired, or nobody looks any more. */
  forget(): void {
    this.listings.clear()
    for (const sheet of this.sheets.values()) drop(sheet)
    this.sheets.clear()
  }

  private listing(camera: string, at: number, step: Step): Listing {
    const span = listingOf(at, step)
    const key = `${camera} ${step} ${span.start}`
    const now = Date.now()
    let listing = this.listings.get(key)
    if (!listing) {
      listing = { previews: null, askedAt: 0, end: span.end }
      this.listings.set(key, listing)
      const [oldest] = this.listings.keys()
      if (this.listings.size > MOST_LISTINGS && oldest !== undefined) this.listings.delete(oldest)
    }
    const grows = listing.askedAt < listing.end + FRESH_MS
    if (now - listing.askedAt > (listing.previews && !grows ? Infinity : FRESH_MS)) {
      listing.askedAt = now
      void this.list(camera, step, span, listing)
    }
    return listing
  }

  private async list(
    camera: string,
    step: Step,
    span: { start: number; end: number },
    listing: Listing,
  ): Promise<void> {
    try {
      listing.previews = await api.get<Previews>(`/playback/${camera}/previews`, {
        query: {
          start: new Date(span.start).toISOString(),
          end: new Date(span.end).toISOString(),
          step_ms: step,
        },
      })
      this.changed()
    } catch {
      listing.askedAt = Date.now() - FRESH_MS + RETRY_MS
    }
  }

  private sheet(camera: string, { url }: PreviewSheet): Sheet {
    const kept = this.sheets.get(url)
    if (kept) {
      // The newest is the last to go.
      this.sheets.delete(url)
      this.sheets.set(url, kept)
      if (kept.failedAt > 0 && Date.now() - kept.failedAt > RETRY_MS) void this.load(camera, url, kept)
      return kept
    }
    const made: Sheet = { image: null, failedAt: 0, pending: null }
    this.sheets.set(url, made)
    this.makeRoom()
    void this.load(camera, url, made)
    return made
  }

  private async load(camera: string, url: string, sheet: Sheet): Promise<void> {
    sheet.failedAt = 0
    const pending = (sheet.pending = new AbortController())
    // Addresses are relative to the listing's own.
    const { pathname, search } = new URL(url, `http://x/playback/${camera}/previews`)
    try {
      const image = await createImageBitmap(await api.blob(pathname + search, { signal: pending.signal }))
      if (this.sheets.get(url) !== sheet) image.close()
      else {
        sheet.image = image
        this.makeRoom()
      }
    } catch {
      sheet.failedAt = Date.now()
    }
    sheet.pending = null
    this.changed()
  }

  /** Those that were of use longest ago go first. */
  private makeRoom(): void {
    let bytes = 0
    for (const { image } of this.sheets.values()) bytes += image ? image.width * image.height * 4 : 0
    for (const [key, oldest] of this.sheets) {
      if (this.sheets.size <= MOST_SHEETS && bytes <= MOST_BYTES) break
      bytes -= oldest.image ? oldest.image.width * oldest.image.height * 4 : 0
      drop(oldest)
      this.sheets.delete(key)
    }
  }

  private changed(): void {
    for (const listener of this.listeners) listener()
  }
}

function drop(sheet: Sheet): void {
  sheet.pending?.abort()
  sheet.image?.close()
}
