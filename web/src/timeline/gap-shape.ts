/** How wide a gap is drawn: as wide as it lasted, at every zoom. Pure. */

/** From this width on a hatch can be told. */
const HATCHED_PX = 5
/** Below this width a gap is hardly seen, and is pointed at from below its bar. */
const SEEN_PX = 3

export interface GapShape {
  /** Where the bar is interrupted. */
  x: number
  width: number
  /** Narrower than a hatch can be told, it is one colour. */
  hatched: boolean
  /**
   * How much of the colour a line has that can't be drawn as thin as it is: a gap of a second is fainter than one of a minute
   * where both are one pixel. 1 for what is as wide as it is drawn.
   */
  strength: number
  /** The middle of the mark below the bar, of the same size for every short gap; null for one that is seen without. */
  mark: number | null
}

const FAINTEST = 0.45

/** Of a gap between two places on the screen, in CSS pixels; `ratio` is the device's pixels in one of them. */
export function gapShape(from: number, to: number, ratio: number, alarming: boolean): GapShape {
  const hairline = 1 / ratio
  const lasted = Math.max(0, to - from)
  const x = Math.round(from * ratio) / ratio
  const end = Math.round(to * ratio) / ratio
  const width = Math.max(hairline, end - x)
  return {
    x,
    width,
    hatched: width >= HATCHED_PX,
    strength: Math.max(FAINTEST, Math.min(1, lasted / hairline)),
    mark: alarming && lasted < SEEN_PX ? (from + to) / 2 : null,
  }
}
