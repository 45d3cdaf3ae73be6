/** What a player tells the server of its own view: soon after its first picture, and every ten seconds from then on. */

export const REPORT_EVERY_MS = 10_000
// What is told right at the beginning would be of the beginning.
export const FIRST_REPORT_MS = 2_000
const MOST_MS = 3_600_000

export interface Seen {
  /** Counters that never go down while the player lives. */
  stalls: number
  framesDropped: number
  /** How old the shown picture is; null where that is not known. */
  latencyMs: number | null
}

/** As the API takes it. */
export interface Report {
  stalls: number
  frames_dropped: number
  first_frame_ms: number
  latency_ms?: number
}

/** Of one view of the server, which may be one of several of the player. Times are milliseconds of the client's clock. */
export class Reporter {
  private firstAt: number | null = null
  private dueAt = Infinity
  private before: Seen | null = null

  constructor(private readonly askedAt: number) {}

  /** A picture is there. The first one counts. */
  shown(now: number): void {
    if (this.firstAt !== null) return
    this.firstAt = now
    this.dueAt = now + FIRST_REPORT_MS
  }

  /** What to tell now; null when it is not time, or nothing was shown yet. `look` is asked only when it is needed. */
  next(look: () => Seen, now: number): Report | null {
    if (this.firstAt === null) return null
    // What the player counted for a view before is not counted again.
    this.before ??= look()
    if (now < this.dueAt) return null
    this.dueAt = now + REPORT_EVERY_MS
    const seen = look()
    return {
      stalls: Math.max(0, seen.stalls - this.before.stalls),
      frames_dropped: Math.max(0, seen.framesDropped - this.before.framesDropped),
      first_frame_ms: bounded(this.firstAt - this.askedAt),
      ...(seen.latencyMs === null ? {} : { latency_ms: bounded(seen.latencyMs) }),
    }
  }
}

function bounded(ms: number): number {
  return Math.min(MOST_MS, Math.max(0, Math.round(ms)))
}
