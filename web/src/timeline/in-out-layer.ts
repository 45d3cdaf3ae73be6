/**
 * In and out marks on the timeline: two flags that can be dragged, and the span between them. Elements over the canvases,
 * moved by the controller with every frame that it draws; no React.
 */

import { dragged, spanOf, type Mark, type Marks } from '@/player/marks'
import { toTime, toX, type View } from './scale'

export interface InOutEvents {
  /** `done` is false while a mark is dragged. */
  moved(marks: Marks, which: Mark, done: boolean): void
}

const NAMES: Record<Mark, string> = { in: 'In mark', out: 'Out mark' }

export class InOutLayer {
  private readonly span = document.createElement('div')
  private readonly flags: Record<Mark, HTMLElement>
  private view: View = { start: 0, msPerPx: 1 }
  private shown = ''

  constructor(
    plot: HTMLElement,
    private readonly marks: () => Marks,
    private readonly events: () => InOutEvents | null,
  ) {
    this.span.dataset.part = 'marked'
    this.span.hidden = true
    plot.append(this.span)
    this.flags = { in: this.flag(plot, 'in'), out: this.flag(plot, 'out') }
  }

  /** Once for each drawn frame. */
  place(view: View, width: number): void {
    const marks = this.marks()
    const key = `${view.start} ${view.msPerPx} ${width} ${marks.in} ${marks.out}`
    if (key === this.shown) return
    this.shown = key
    this.view = view
    for (const which of ['in', 'out'] as const) {
      const at = marks[which]
      const x = at === null ? -1 : toX(view, at)
      this.flags[which].hidden = at === null || x < -1 || x > width + 1
      this.flags[which].style.transform = `translateX(${x}px)`
    }
    const span = spanOf(marks)
    const from = span ? Math.max(0, toX(view, span.start)) : 0
    const to = span ? Math.min(width, toX(view, span.end)) : 0
    this.span.hidden = to <= from
    this.span.style.transform = `translateX(${from}px)`
    this.span.style.width = `${to - from}px`
  }

  destroy(): void {
    this.span.remove()
    for (const flag of Object.values(this.flags)) flag.remove()
  }

  private flag(plot: HTMLElement, which: Mark): HTMLElement {
    const flag = document.createElement('div')
    flag.dataset.part = 'in-out'
    flag.dataset.mark = which
    flag.title = NAMES[which]
    flag.hidden = true
    let grip: number | null = null
    const at = (event: PointerEvent) =>
      toTime(this.view, event.clientX - plot.getBoundingClientRect().left - (grip ?? 0))
    flag.addEventListener('pointerdown', (event) => {
      const mark = this.marks()[which]
      if (event.button !== 0 || mark === null) return
      // Neither the playhead nor the view moves along.
      event.stopPropagation()
      flag.setPointerCapture(event.pointerId)
      grip = event.clientX - plot.getBoundingClientRect().left - toX(this.view, mark)
    })
    const move = (event: PointerEvent, done: boolean) => {
      if (grip === null) return
      event.stopPropagation()
      const to = Math.min(Date.now(), at(event))
      if (done) grip = null
      this.events()?.moved(dragged(this.marks(), which, Math.round(to)), which, done)
    }
    flag.addEventListener('pointermove', (event) => move(event, false))
    flag.addEventListener('pointerup', (event) => move(event, true))
    flag.addEventListener('pointercancel', () => (grip = null))
    plot.append(flag)
    return flag
  }
}
