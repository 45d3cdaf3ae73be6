/** Which pictures are shown where playing them all is not to be had. Pure. */

/** Backwards every frame is shown up to this speed, as long as the decoder holds it. */
export const FRAMES_UP_TO = 4
/** The element itself plays no faster (Chromium, Firefox). */
export const ELEMENT_FASTEST = 16
// More pictures in a second say nothing more to the eye, and cost.
const MOST_PER_S = 12
// What two groups of decoded pictures may take together.
const BUDGET_BYTES = 160 * 1024 * 1024
const NARROWEST = 320

/** The least footage between two key frames that are shown, seconds. */
export function stepOf(rate: number): number {
  return Math.abs(rate) / MOST_PER_S
}

/**
 * Whether only the first picture of each entry of the playlist is fetched: where that is as often as pictures are
 * shown, or where the line does not carry whole entries at this speed. Bits per second; null while not known.
 */
export function headsOnly(
  rate: number,
  entryS: number,
  bitsPerS: number | null,
  lineBitsPerS: number | null,
): boolean {
  if (stepOf(rate) >= entryS * 0.5) return true
  if (bitsPerS === null || lineBitsPerS === null) return Math.abs(rate) > 8
  return bitsPerS * Math.abs(rate) > lineBitsPerS * 0.6
}

/** How large decoded pictures are kept: whole where there is room for all of a group, else smaller. */
export function keptSize(width: number, height: number, frames: number): { width: number; height: number } {
  const room = BUDGET_BYTES / 2 / 4 / Math.max(1, frames)
  const scale = Math.min(1, Math.sqrt(room / (width * height)))
  const kept = Math.max(Math.min(NARROWEST, width), Math.floor((width * scale) / 2) * 2)
  return { width: kept, height: Math.max(2, Math.round(((height / width) * kept) / 2) * 2) }
}

/**
 * Where the next key frame is looked for: a step on from the last one; but where pictures come later than they are
 * due, ahead of the clock by as long as one takes. `sign` is the direction.
 */
export function nextTarget(last: number, clock: number, rate: number, takesS: number): number {
  const sign = Math.sign(rate)
  const step = last + sign * stepOf(rate)
  const ahead = clock + rate * takesS
  return sign > 0 ? Math.max(step, ahead) : Math.min(step, ahead)
}

export interface Window_ {
  /** Real seconds, and how much footage went by in them. */
  elapsedS: number
  mediaS: number
  /** Distinct pictures that were shown. */
  pictures: number
}

const LEAST_SHARE = 0.8
const LEAST_PER_S = 8

/** Whether a player held a speed: footage went by as fast as asked for, and was seen to move. */
export function held({ elapsedS, mediaS, pictures }: Window_, rate: number, fps: number): boolean {
  return (
    mediaS >= elapsedS * rate * LEAST_SHARE && pictures / elapsedS >= Math.min(LEAST_PER_S, fps * rate * 0.5)
  )
}
