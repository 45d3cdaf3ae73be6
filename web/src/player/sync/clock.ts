/** The one clock of several cameras: which instant of the past it is now. Instants are UTC milliseconds. */

export class MasterClock {
  private from: number
  private since: number
  private going = false
  private speed = 1

  /** Stands at `at` until `run`. `steady` is a clock that nobody sets, in milliseconds. */
  constructor(
    at: number,
    private readonly steady: () => number,
  ) {
    this.from = at
    this.since = steady()
  }

  get running(): boolean {
    return this.going
  }

  get rate(): number {
    return this.speed
  }

  at(): number {
    return this.going ? this.from + (this.steady() - this.since) * this.speed : this.from
  }

  set(at: number): void {
    this.from = at
    this.since = this.steady()
  }

  run(): void {
    if (this.going) return
    this.set(this.from)
    this.going = true
  }

  hold(): void {
    this.set(this.at())
    this.going = false
  }

  /** Milliseconds of the past for each that passes; negative is backwards. */
  setRate(rate: number): void {
    this.set(this.at())
    this.speed = rate
  }
}
