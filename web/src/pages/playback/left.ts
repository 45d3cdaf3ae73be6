/** Where somebody left the footage of each camera, in this browser: it is offered when they come back. */

const KEY = 'vedette.left'
const MOST = 50
// Nobody needs help to find what is this near.
const NEAR_MS = 2 * 60_000

export type Left = Record<string, number>

/** Pure: `left` with one more place; the places left longest ago go. */
export function withPlace(left: Left, camera: string, at: number): Left {
  const others = Object.entries(left).filter(([key]) => key !== camera)
  return Object.fromEntries([...others, [camera, Math.round(at)] as const].slice(-MOST))
}

/** Pure: the place to offer, null when it is where one begins anyway. */
export function offered(left: Left, camera: string, begins: number): number | null {
  const at = left[camera]
  return typeof at === 'number' && Number.isFinite(at) && Math.abs(at - begins) > NEAR_MS ? at : null
}

export function readLeft(): Left {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    return typeof saved === 'object' && saved !== null ? (saved as Left) : {}
  } catch {
    return {}
  }
}

export function leave(camera: string, at: number): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(withPlace(readLeft(), camera, at)))
  } catch {
    // Storage is blocked or full: then it is not remembered.
  }
}
