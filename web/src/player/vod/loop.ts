/** Plays a marked span again and again. */

import { leftOfLoop, loopStart, type Span } from '../marks'

// Frames tell where the playhead is some twenty times a second: the turn is timed from the last one before it.
const SOON_MS = 120

export class Loop {
  private span: Span | null = null
  private timer: number | undefined
  private inside = false

  constructor(private readonly turn: (to: number) => void) {}

  /** `at` is where the playhead is. The same span again changes nothing. */
  set(span: Span | null, at: number): void {
    if (span?.start === this.span?.start && span?.end === this.span?.end) return
    this.span = span
    this.moved(at)
  }

  /** A frame of `at` is shown, for `frameMs`. Who went elsewhere by hand is left alone until the span is reached. */
  onFrame(at: number, rate: number, frameMs: number): void {
    const { span } = this
    if (!span) return
    window.clearTimeout(this.timer)
    const within = at > span.start - frameMs && at < span.end
    if (!within && !this.inside) return
    this.inside = true
    const left = leftOfLoop(span, at, rate, frameMs)
    if (left > SOON_MS) return
    this.timer = window.setTimeout(() => this.turn(loopStart(span, rate, frameMs)), left)
  }

  /** The playhead was put here, or stands here. */
  moved(at: number): void {
    window.clearTimeout(this.timer)
    this.inside = this.span !== null && at >= this.span.start && at < this.span.end
  }

  /**
   * From `from`, in the span, where nothing is recorded up to `to`: where the span begins again if `to` is past its end.
   * Null where `to` is still in it; and at its very beginning, for then nothing of it was recorded.
   */
  turnsBefore(to: number, rate: number, frameMs: number, from: number): number | null {
    const { span } = this
    if (!span || !this.inside || (rate > 0 ? to < span.end : to >= span.start)) return null
    const begin = loopStart(span, rate, frameMs)
    return Math.abs(from - begin) <= frameMs ? null : begin
  }

  destroy(): void {
    window.clearTimeout(this.timer)
  }
}
