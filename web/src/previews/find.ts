/** Which sheet of previews shows an instant, and where on it. Pure; see the server's `playback.previews`. */

import type { PreviewSheet, Previews } from '@/api/types'

/** Milliseconds between two pictures, finest first. */
export const STEPS = [2_000, 10_000, 60_000] as const
export type Step = (typeof STEPS)[number]

/** How much one listing spans: at most some dozen sheets. */
const LISTED_MS: Record<Step, number> = { 2_000: 1_800_000, 10_000: 14_400_000, 60_000: 86_400_000 }

/** The step at which neighbouring pixels of a timeline show neighbouring pictures. */
export function stepFor(msPerPx: number): Step {
  return STEPS.find((step) => step >= msPerPx) ?? 60_000
}

/** The listing that has an instant. */
export function listingOf(at: number, step: Step): { start: number; end: number } {
  const length = LISTED_MS[step]
  const start = Math.floor(at / length) * length
  return { start, end: start + length }
}

/** Two files may share a slot: the one that has the instant itself counts. */
export function sheetAt(previews: Previews, at: number): PreviewSheet | null {
  return (
    previews.sheets.findLast((sheet) => Date.parse(sheet.start) <= at && at < Date.parse(sheet.end)) ?? null
  )
}

export interface Place {
  x: number
  y: number
  width: number
  height: number
}

/** Where on its sheet (of `size` pixels) the picture of an instant is. */
export function placeOf(
  previews: Previews,
  sheet: PreviewSheet,
  at: number,
  size: { width: number; height: number },
): Place {
  const number = Math.floor(at / previews.step_ms) - Math.floor(Date.parse(sheet.first) / previews.step_ms)
  const across = Math.min(previews.columns, sheet.count)
  const width = size.width / across
  const height = size.height / Math.ceil(sheet.count / across)
  return { x: (number % across) * width, y: Math.floor(number / across) * height, width, height }
}
