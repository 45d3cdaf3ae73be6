/** Waits between attempts: doubling from `first` to `longest`, each drawn from the upper half so that many clients of a
 * restarted server do not come back in step. */
export class Backoff {
  private attempt = 0

  constructor(
    private readonly first = 250,
    private readonly longest = 10_000,
    private readonly random: () => number = Math.random,
  ) {}

  /** Milliseconds to wait before the next attempt. */
  next(): number {
    const whole = Math.min(this.longest, this.first * 2 ** this.attempt)
    this.attempt += 1
    return whole * (0.5 + this.random() / 2)
  }

  reset(): void {
    this.attempt = 0
  }
}
