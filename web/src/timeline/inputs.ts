/** What the timeline is given, and what it tells. */

import type { Marks } from '@/player/marks'
import type { Place } from './daylight'
import type { DayCell } from './days'
import type { InOutEvents } from './in-out-layer'
import type { Mark } from './marks'
import type { Row } from './paint'
import type { View } from './scale'
import type { Hit } from './tiles'

export interface Hover {
  /** Where a card about it can hang, in the window: above the timeline at the pointer. */
  left: number
  top: number
  at: number
  camera: string | null
  hit: Hit
  /** The day, where days are shown. */
  day: DayCell | null
  /** The marks under the pointer. */
  marks: readonly Mark[]
  /** How much time a pixel holds. */
  msPerPx: number
}

export interface Inputs {
  rows: Row[]
  selected: string
  zone: string
  earliest: number
  /** Where the site is, for its nights. */
  place: Place | null
  marks: readonly Mark[]
  /** The instant of the shown frame; null while there is none. */
  playhead: () => number | null
  onSeek: (at: number, camera: string | null, done: boolean) => void
  /** A day of the overview was chosen, in the row of a camera or in the ruler. */
  onDay: (start: number, end: number, camera: string | null) => void
  /** A mark was clicked; the playhead goes to its beginning as well. */
  onMark: (mark: Mark) => void
  onHover: (hover: Hover | null) => void
  onView: (view: View, width: number) => void
  /** The person zoomed: this much time is in view. */
  onZoom: (spanMs: number) => void
  /** The in and out marks, and what happens when they are dragged. */
  inOut: Marks
  onInOut: InOutEvents['moved'] | null
}

export interface Elements {
  /** The box that scrolls when there are many rows. */
  frame: HTMLElement
  plot: HTMLElement
  ruler: HTMLCanvasElement
  rows: HTMLCanvasElement
  playhead: HTMLElement
  playheadLabel: HTMLElement
}
