/** Whether an element can be seen: it is on the screen, and its tab is in front. Going away counts only after a moment. */

// Scrolling by and switching tabs for a look elsewhere must not cost a new beginning.
const OFF_SCREEN_MS = 1_000
const HIDDEN_TAB_MS = 5_000

export class Sight {
  seen = false
  private onScreen = false
  private timer: number | undefined
  private readonly observer: IntersectionObserver

  constructor(
    element: Element,
    private readonly changed: (seen: boolean) => void,
  ) {
    this.observer = new IntersectionObserver(
      (entries) => {
        this.onScreen = entries.at(-1)?.isIntersecting ?? false
        this.look()
      },
      { rootMargin: '100px' },
    )
    this.observer.observe(element)
    document.addEventListener('visibilitychange', this.look)
  }

  destroy(): void {
    window.clearTimeout(this.timer)
    this.observer.disconnect()
    document.removeEventListener('visibilitychange', this.look)
    this.seen = false
  }

  private readonly look = () => {
    window.clearTimeout(this.timer)
    const hidden = document.visibilityState === 'hidden'
    if (this.onScreen && !hidden) this.set(true)
    else if (this.seen)
      this.timer = window.setTimeout(() => this.set(false), hidden ? HIDDEN_TAB_MS : OFF_SCREEN_MS)
  }

  private set(seen: boolean): void {
    if (this.seen === seen) return
    this.seen = seen
    this.changed(seen)
  }
}
