/** Digital zoom: a part of the picture, enlarged. Places are shares of the tile, from its top left corner. Pure. */

export interface Zoom {
  /** 1 is the whole picture. */
  scale: number
  /** Where the picture's corner is, in tiles: 0 or negative. */
  x: number
  y: number
}

export const WHOLE: Zoom = { scale: 1, x: 0, y: 0 }
export const MOST = 8
/** One press of a key. */
export const STEP = 1.4

/** `factor` times larger, and what is at (`x`, `y`) stays there. */
export function zoomedAt(zoom: Zoom, factor: number, x: number, y: number): Zoom {
  const scale = Math.min(MOST, Math.max(1, zoom.scale * factor))
  if (scale < 1.02) return WHOLE
  const grown = scale / zoom.scale
  return within({ scale, x: x - (x - zoom.x) * grown, y: y - (y - zoom.y) * grown })
}

/** The picture moved with the pointer, not over its edge. */
export function panned(zoom: Zoom, dx: number, dy: number): Zoom {
  return within({ ...zoom, x: zoom.x + dx, y: zoom.y + dy })
}

function within(zoom: Zoom): Zoom {
  const least = 1 - zoom.scale
  return {
    scale: zoom.scale,
    x: Math.min(0, Math.max(least, zoom.x)),
    y: Math.min(0, Math.max(least, zoom.y)),
  }
}

export function transformOf(zoom: Zoom): string | undefined {
  if (zoom.scale === 1) return undefined
  return `translate(${zoom.x * 100}%, ${zoom.y * 100}%) scale(${zoom.scale})`
}
