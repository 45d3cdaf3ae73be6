/** What keys and buttons do with several cameras at once. */

import { notifications } from '@mantine/notifications'
import { copyText } from '@/parts/copy'
import { NO_MARKS, spanOf, withMark, type Marks } from '@/player/marks'
import type { SyncGroup } from '@/player/sync/group'
import type { Mark } from '@/timeline/marks'
import type { TimelineHandle } from '@/timeline/Timeline'
import type { PlaybackActions } from '../actions'
import { report } from '../download'
import { nearest, nextMarked, NOTHING_NEXT } from '../next'
import { nextOfAny } from './next'

/** What they work on, as it is now. */
export interface Together {
  group: SyncGroup
  /** Ids of those that are shown. */
  shown: readonly string[]
  bookmarks: readonly Mark[]
  marks: Marks
  loop: boolean
  timeline: () => TimelineHandle | null
  /** What fills the screen. */
  stage: () => HTMLElement | null
  seek: (to: number) => void
  /** Writes into the address where the clock is. */
  told: (at: number) => void
  onMarks: (marks: Marks, loop: boolean) => void
  onNow: () => void
  /** Of the selected camera. */
  toggleSound: () => void
  snapshot: () => void
}

// The clock knows its instant exactly: what begins there is not the next.
const SAME_MS = 1

export function useTogetherActions({ group, marks, loop, seek, ...on }: Together): PlaybackActions {
  const span = spanOf(marks)
  const follow = () => on.timeline()?.follow()
  const goOn = (next: number | null) => {
    if (next !== null) seek(next)
    else notifications.show({ message: NOTHING_NEXT })
  }
  const rest = () => {
    if (!group.getState().playing) on.told(group.wallMs())
  }
  return {
    mark: (which) => {
      // The shown frames are the first, or the last, of the span.
      const at = group.wallMs()
      const next = withMark(marks, which, which === 'in' ? Math.floor(at) : Math.ceil(at + group.frameMs()))
      on.onMarks(next, loop && spanOf(next) !== null)
    },
    clearMarks: () => on.onMarks(NO_MARKS, false),
    jumpTo: (which) => {
      const mark = marks[which]
      follow()
      if (mark !== null) seek(which === 'in' ? mark : mark - group.frameMs())
    },
    toggleLoop: () => {
      if (!span) return
      on.onMarks(marks, !loop)
      if (loop) return
      const here = group.wallMs()
      if (here < span.start || here >= span.end) seek(span.start)
      // At once: near the end of the span it would be over before the address is read.
      group.setLoop(span)
      group.play()
    },
    copyLink: () => void copyText(window.location.href),
    toggle: () => {
      follow()
      group.toggle()
      rest()
    },
    pause: () => {
      group.pause()
      rest()
    },
    skip: (ms) => {
      follow()
      seek(group.wallMs() + ms)
    },
    step: (frames) => {
      group.step(frames)
      rest()
    },
    setRate: (rate) => group.setRate(rate),
    nextRecording: () => {
      const at = group.wallMs()
      const marked = nextMarked(on.bookmarks, on.shown, at, SAME_MS, Date.now())
      void nextOfAny(on.shown, at).then((next) => goOn(nearest(next, marked)), report)
    },
    now: on.onNow,
    toggleMute: on.toggleSound,
    snapshot: on.snapshot,
    download: null,
    fullScreen: () => {
      if (document.fullscreenElement) void document.exitFullscreen()
      else
        void on
          .stage()
          ?.requestFullscreen()
          .catch(() => undefined)
    },
    zoom: (factor) => on.timeline()?.zoom(factor),
    jump: (direction) => {
      if (!on.timeline()?.jump(direction))
        notifications.show({
          message:
            direction === 1 ? 'There is no mark between here and now.' : 'There is no mark before this.',
        })
    },
  }
}
