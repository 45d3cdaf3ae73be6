/** Media time of a playlist to wall clock and back. In the media there are no gaps; on the wall clock there are. Pure. */

export interface Piece {
  /** Where it begins on the element's time line, seconds. */
  mediaS: number
  durationS: number
  /** When its first frame was captured. */
  wallMs: number
}

export type Place =
  | { kind: 'footage'; mediaS: number }
  /** Nothing was recorded there; `next` is the first footage after it, null when the map has none. */
  | { kind: 'gap'; previousEnd: number | null; next: number | null }

// Durations in a playlist are rounded, and a camera's clock drifts within a run.
const JOIN_MS = 500

// What is this close to the end of the footage shows its last frame.
const END_S = 0.001

export class FootageMap {
  /** `pieces` in order of media time. */
  constructor(private readonly pieces: readonly Piece[]) {}

  get empty(): boolean {
    return this.pieces.length === 0
  }

  get startMs(): number | null {
    return this.pieces[0]?.wallMs ?? null
  }

  get endMs(): number | null {
    const last = this.pieces.at(-1)
    return last ? endOf(last) : null
  }

  toWall(mediaS: number): number | null {
    const piece = this.pieces[this.lastBefore((candidate) => candidate.mediaS <= mediaS + 1e-6)]
    const found = piece ?? this.pieces[0]
    if (!found) return null
    return found.wallMs + Math.min(Math.max(0, mediaS - found.mediaS), found.durationS) * 1000
  }

  place(wallMs: number): Place {
    const index = this.lastBefore((candidate) => candidate.wallMs <= wallMs)
    const piece = this.pieces[index]
    const next = this.pieces[index + 1]
    if (piece) {
      const intoMs = wallMs - piece.wallMs
      if (intoMs < piece.durationS * 1000) return { kind: 'footage', mediaS: piece.mediaS + intoMs / 1000 }
      // Within the rounding of the playlist the next piece follows at once.
      if (next && next.wallMs - endOf(piece) <= JOIN_MS) return { kind: 'footage', mediaS: next.mediaS }
    }
    if (next && next.wallMs - wallMs <= JOIN_MS) return { kind: 'footage', mediaS: next.mediaS }
    return { kind: 'gap', previousEnd: piece ? endOf(piece) : null, next: next?.wallMs ?? null }
  }

  /**
   * Where to seek for the frame at `wallMs`: to its middle, because at its edge a rounding shows its neighbour.
   * `frameS` is how long frames last. Null in a gap.
   */
  aim(wallMs: number, frameS: number): number | null {
    const place = this.place(wallMs)
    if (place.kind === 'gap') return null
    const middle = place.mediaS + frameS / 2
    const index = this.lastBefore((candidate) => candidate.mediaS <= place.mediaS + 1e-6)
    const piece = this.pieces[index]
    const next = this.pieces[index + 1]
    if (!piece || (next && next.wallMs - endOf(piece) <= JOIN_MS)) return middle
    // The media goes on with what was recorded after the gap: not the frame that is meant.
    const last = piece.mediaS + piece.durationS - END_S
    return Math.max(Math.min(middle, last), Math.min(place.mediaS + END_S, last))
  }

  private lastBefore(test: (piece: Piece) => boolean): number {
    let low = 0
    let high = this.pieces.length
    while (low < high) {
      const middle = (low + high) >> 1
      const piece = this.pieces[middle]
      if (piece && test(piece)) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}

function endOf(piece: Piece): number {
  return piece.wallMs + piece.durationS * 1000
}
