/**
 * The measure behind every percentage of recording: what was recorded of what is due, that is of the time that has passed,
 * in which the camera existed, and in which its plan had recording on. The server counts; here it is added up and named.
 */

import { percent } from './format'

export interface Share {
  recorded_ms: number
  due_ms: number
}

/** What the measure is, for a tooltip or a note. */
export const SHARE_MEANS =
  'Recorded, of the time that should have been: since the camera was added, by its plan.'

/** Of several cameras together, in percent; null where nothing is due. */
export function together(shares: readonly Share[]): number | null {
  const due = shares.reduce((sum, share) => sum + share.due_ms, 0)
  if (due <= 0) return null
  const recorded = shares.reduce((sum, share) => sum + share.recorded_ms, 0)
  return Math.min(100, (100 * recorded) / due)
}

/** `98 %`, or a dash where nothing is due. */
export function shareName(value: number | null): string {
  return value === null ? '–' : percent(value)
}
