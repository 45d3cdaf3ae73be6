/** Which stream's recording the line carries, told from how fast footage comes. Pure. */

import type { StreamKind } from '@/api/types'
import type { Loaded } from './playlist'

export type Choice = 'auto' | StreamKind

// Footage has to come this much faster than it is played: seeks and hiccups want their share.
const ENOUGH = 1.3
// To go back up the line has to be clearly faster than main needs, for a while: going to and fro is worse than either.
const AMPLE = 2.5
const UP_AFTER = 4
// Less says more of the way there and back than of the line.
const LEAST_BYTES = 60_000
const LEAST_MS = 20
// While a piece is still on its way: only a wait this long is told.
const LONG_MS = 2_500

export class Uplink {
  private line: number | null = null
  private mainBits: number | null = null
  private ample = 0

  /** Bits per second, null before anything was measured. */
  get bitsPerS(): number | null {
    return this.line
  }

  /**
   * Takes a measure of `stream`, played at `rate`. Gives the stream to go to, null to stay. Over a fast line small pieces
   * come at once; they count as fast.
   */
  take(stream: StreamKind, sample: Loaded, rate: number): StreamKind | null {
    const { bytes, ms, ofBytes, durationS, whole } = sample
    if (!whole && ms < LONG_MS) return null
    if (whole && bytes < LEAST_BYTES && ms > LEAST_MS * 10 && stream === 'sub') return null
    const bits = (bytes * 8000) / Math.max(LEAST_MS, ms)
    this.line = this.line === null || !whole ? bits : this.line * 0.6 + bits * 0.4
    const needs = ((ofBytes * 8) / durationS) * Math.max(1, Math.abs(rate))
    if (stream === 'main') {
      this.mainBits = (ofBytes * 8) / durationS
      this.ample = 0
      return this.line < needs * ENOUGH ? 'sub' : null
    }
    const main = this.mainBits ?? Infinity
    this.ample = whole && this.line > main * Math.max(1, Math.abs(rate)) * AMPLE ? this.ample + 1 : 0
    return this.ample >= UP_AFTER ? 'main' : null
  }
}
