/** How fast footage is played. Negative is backwards. Pure. */

export const SPEEDS = [0.125, 0.25, 0.5, 1, 2, 4, 8, 16, 32] as const
const FASTEST = SPEEDS[SPEEDS.length - 1] ?? 1

/** The next speed in the direction of J (backwards) or L (forwards): from standing 1, then double, up to the fastest. */
export function shuttle(rate: number, playing: boolean, direction: 1 | -1): number {
  if (!playing || Math.sign(rate) !== direction || Math.abs(rate) < 1) return direction
  return direction * Math.min(FASTEST, Math.abs(rate) * 2)
}

/** One speed faster or slower, in the same direction. */
export function nextSpeed(rate: number, change: 1 | -1): number {
  const speed = Math.abs(rate)
  const found = change > 0 ? SPEEDS.find((one) => one > speed) : SPEEDS.findLast((one) => one < speed)
  return Math.sign(rate) * (found ?? speed)
}

/** `4×`, `1/8×`, `−2×`. */
export function speedName(rate: number): string {
  const speed = Math.abs(rate)
  return `${rate < 0 ? '−' : ''}${speed < 1 ? `1/${Math.round(1 / speed)}` : speed}×`
}
