/** How many cards stand side by side. Pure. */

const LEAST_PX = 260
const GAP_PX = 16

/**
 * As many as fit, but no more than fill the rows evenly: four cards where three fit are two and two. A single one is not
 * blown up to the whole width. Null while the width is not known.
 */
export function columns(cards: number, width: number): number | null {
  if (width <= 0) return null
  const fit = Math.max(1, Math.floor((width + GAP_PX) / (LEAST_PX + GAP_PX)))
  if (cards <= 1) return Math.min(2, fit)
  const rows = Math.ceil(cards / fit)
  return Math.ceil(cards / rows)
}
