/** Media time to wall clock: one anchor per fragment. */
export class WallClock {
  private anchors: { mediaS: number; wallMs: number }[] = []

  /** The frame at `mediaS` of the element's time line was captured at `wallMs`. */
  add(mediaS: number, wallMs: number): void {
    this.anchors.push({ mediaS, wallMs })
  }

  /** Forgets what is before `mediaS`, but for the anchor that still covers it. */
  trim(mediaS: number): void {
    let keep = 0
    while (keep + 1 < this.anchors.length && (this.anchors[keep + 1]?.mediaS ?? Infinity) <= mediaS) keep += 1
    if (keep) this.anchors.splice(0, keep)
  }

  /** UTC milliseconds at `mediaS`; null before the first anchor. */
  at(mediaS: number): number | null {
    for (let i = this.anchors.length - 1; i >= 0; i -= 1) {
      const anchor = this.anchors[i]
      if (anchor && anchor.mediaS <= mediaS + 0.001) return anchor.wallMs + (mediaS - anchor.mediaS) * 1000
    }
    return null
  }

  clear(): void {
    this.anchors = []
  }
}
