/** Rectangles on the picture that together are the region to search, in fractions of the picture. Pure. */

export interface Area {
  x: number
  y: number
  width: number
  height: number
}

export interface Point {
  x: number
  y: number
}

export const MOST_AREAS = 10
/** Smaller than this is a slip of the hand. */
export const LEAST = 0.02
/** One press of an arrow key. */
export const STEP = 0.01

const within = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high)
// A server reads them, and people may: ten thousandths are less than a pixel.
const round = (value: number) => Math.round(value * 10_000) / 10_000

/** The rectangle between two corners, as far as it lies on the picture. */
export function between(a: Point, b: Point): Area {
  const [left, right] = [within(Math.min(a.x, b.x), 0, 1), within(Math.max(a.x, b.x), 0, 1)]
  const [top, bottom] = [within(Math.min(a.y, b.y), 0, 1), within(Math.max(a.y, b.y), 0, 1)]
  return { x: left, y: top, width: right - left, height: bottom - top }
}

export const tooSmall = ({ width, height }: Area): boolean => width < LEAST || height < LEAST

/** Moved by fractions of the picture; it stops at the edges. */
export function moved(area: Area, dx: number, dy: number): Area {
  return {
    ...area,
    x: within(area.x + dx, 0, 1 - area.width),
    y: within(area.y + dy, 0, 1 - area.height),
  }
}

/** With its right and lower side moved. */
export function resized(area: Area, dx: number, dy: number): Area {
  return {
    ...area,
    width: within(area.width + dx, LEAST, 1 - area.x),
    height: within(area.height + dy, LEAST, 1 - area.y),
  }
}

/** What a key does to an area: moves it, with shift sizes it; null when it means nothing. */
export function byKey(area: Area, key: string, shift: boolean): Area | null {
  const steps: Record<string, [number, number]> = {
    ArrowLeft: [-STEP, 0],
    ArrowRight: [STEP, 0],
    ArrowUp: [0, -STEP],
    ArrowDown: [0, STEP],
  }
  const step = steps[key]
  if (!step) return null
  return shift ? resized(area, ...step) : moved(area, ...step)
}

/** Where the next one begins when it is added by a button: in the middle, a little beside the last. */
export function added(areas: readonly Area[]): Area {
  const by = (areas.length % 5) * 0.04
  return { x: 0.35 + by, y: 0.35 + by, width: 0.3, height: 0.3 }
}

/** As the server takes it; without any area the whole picture. */
export function regionOf(areas: readonly Area[]): [number, number][][] {
  const all = areas.length > 0 ? areas : [{ x: 0, y: 0, width: 1, height: 1 }]
  return all.map(({ x, y, width, height }) => {
    const [left, top, right, bottom] = [round(x), round(y), round(x + width), round(y + height)]
    return [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ]
  })
}

export interface Box {
  left: number
  top: number
  width: number
  height: number
}

/** Where a picture of `wide` by `tall` is shown in a box that it fills in one direction. */
export function fitted(box: Box, wide: number, tall: number): Box {
  if (!wide || !tall || !box.width || !box.height) return box
  const scale = Math.min(box.width / wide, box.height / tall)
  const [width, height] = [wide * scale, tall * scale]
  return {
    left: box.left + (box.width - width) / 2,
    top: box.top + (box.height - height) / 2,
    width,
    height,
  }
}
