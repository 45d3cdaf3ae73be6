/** How far the server's clock is from this machine's: the age of a picture is told by the server's. */

// Clocks drift apart; and a good answer long ago is no better than a fair one now.
const STALE_MS = 10 * 60_000

export class ServerClock {
  private offsetMs = 0
  /** How long the answer that is believed was on its way, there and back; Infinity where that is not known. */
  private roundTripMs = Infinity
  private setAt = -Infinity

  /** The server said what time it is. `askedAt`: when it was asked, where it was. Times of this machine, milliseconds. */
  heard(serverMs: number, now: number, askedAt: number | null = null): void {
    if (!Number.isFinite(serverMs)) return
    const roundTripMs = askedAt === null ? Infinity : Math.max(0, now - askedAt)
    if (roundTripMs > this.roundTripMs && now - this.setAt < STALE_MS) return
    // The answer is as old as half of the way.
    const ageMs = askedAt === null ? 0 : roundTripMs / 2
    this.offsetMs = serverMs + ageMs - now
    this.roundTripMs = roundTripMs
    this.setAt = now
  }

  /** The server's time at an instant of this machine. */
  at(now: number): number {
    return now + this.offsetMs
  }
}

/** The page's one. */
export const serverClock = new ServerClock()
