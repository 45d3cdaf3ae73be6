/**
 * What every player engine is to React: it is given a video element, tells its state, knows the wall clock of the frame
 * that is shown, and is thrown away. Engines hold no React and no page knows which one it mounts.
 */
export interface PlayerEngine<State> {
  /** Takes over `video` until `destroy`. Called once. */
  attach(video: HTMLVideoElement): void
  /** Gives everything back: sockets, buffers, timers, the element's source. */
  destroy(): void
  /** UTC milliseconds at which the displayed frame was captured; null before the first frame. */
  wallMs(): number | null
  /** The same object until something changed. */
  getState: () => State
  /** Calls `listener` after each change of state. Returns how to stop. */
  subscribe: (listener: () => void) => () => void
  /** Of a live picture: asks the server again now, where somebody ended it or there was no room. */
  again?: () => void
}

/** The state and its listeners, as every engine keeps them. */
export class Observable<State extends object> {
  private readonly listeners = new Set<() => void>()

  constructor(private state: State) {}

  readonly getState = (): State => this.state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  protected change(change: Partial<State>): void {
    const keys = Object.keys(change) as (keyof State)[]
    if (keys.every((key) => Object.is(this.state[key], change[key]))) return
    this.state = { ...this.state, ...change }
    for (const listener of this.listeners) listener()
  }
}
