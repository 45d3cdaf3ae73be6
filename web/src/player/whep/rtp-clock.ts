/**
 * The server's RTP time stamps of pictures are the wall clock of their capture, in 90 kHz and 32 bits: they wrap after 13
 * hours, so that any clock that is right to some hours tells which wall clock is meant.
 */

const PER_MS = 90
const WRAP_MS = 2 ** 32 / PER_MS

/** UTC milliseconds at which a picture with this time stamp was captured; `near` is about now. */
export function captureMs(rtp: number, near: number): number {
  const within = rtp / PER_MS
  return within + Math.round((near - within) / WRAP_MS) * WRAP_MS
}
