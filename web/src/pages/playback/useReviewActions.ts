/** What keys and buttons do with the footage of one camera. */

import { notifications } from '@mantine/notifications'
import { copyText } from '@/parts/copy'
import { NO_MARKS, spanOf, withMark, type Marks } from '@/player/marks'
import { saveSnapshot, snapshotCaption, snapshotName } from '@/player/save'
import type { VodPlayer, VodState } from '@/player/vod/vod-player'
import type { Mark } from '@/timeline/marks'
import type { TimelineHandle } from '@/timeline/Timeline'
import type { PlaybackActions } from './actions'
import { download, report } from './download'
import { nearest, nextAfterGap, nextMarked, NOTHING_NEXT } from './next'
import type { Reviewed } from './reviewed'

/** What they work on, as it is now. */
export interface Reviewing {
  engine: VodPlayer | null
  state: VodState | null
  camera: Reviewed
  zone: string
  marks: Marks
  bookmarks: readonly Mark[]
  loop: boolean
  /** Snapshots have a line with camera and time. */
  captioned: boolean
  timeline: () => TimelineHandle | null
  /** What fills the screen. */
  box: () => HTMLElement | null
  /** Where the playhead is; null while that is not known. */
  wallMs: () => number | null
  seek: (to: number, done?: boolean) => void
  /** Writes into the address where the playhead is. */
  told: (at: number) => void
  toggleMute: () => void
  onMarks: (marks: Marks, loop: boolean) => void
  onNow: () => void
  linkTo: (at: number) => string
}

export function useReviewActions({ engine, state, camera, marks, loop, ...on }: Reviewing): PlaybackActions {
  const span = spanOf(marks)
  const { seek, wallMs } = on
  const follow = () => on.timeline()?.follow()
  const goOn = (next: number | null) => {
    if (next !== null) seek(next)
    else notifications.show({ message: NOTHING_NEXT })
  }
  /** What stands still is what the address names. */
  const rest = () => {
    if (engine && engine.getState().phase === 'ready') on.told(engine.wallMs())
  }
  return {
    toggle: () => {
      follow()
      engine?.toggle()
      if (engine?.getState().playing === false) rest()
    },
    pause: () => {
      engine?.pause()
      rest()
    },
    skip: (ms, held = false) => {
      follow()
      const here = wallMs()
      if (here !== null) seek(here + ms, !held)
    },
    step: (frames) => engine?.step(frames),
    setRate: (rate) => engine?.setRate(rate),
    nextRecording: () => {
      if (!engine || !state) return
      const at = engine.wallMs()
      const marked = nextMarked(on.bookmarks, [camera.id], at, engine.frameMs(), Date.now())
      void nextAfterGap(camera.id, state.stream, at).then((next) => goOn(nearest(next, marked)), report)
    },
    now: on.onNow,
    toggleMute: on.toggleMute,
    snapshot: () => {
      const picture = engine?.picture()
      if (!engine || !picture) return
      const wall = engine.wallMs()
      const caption = on.captioned ? snapshotCaption(camera.name, wall, on.zone) : null
      void saveSnapshot(picture, snapshotName(camera.slug, wall, on.zone), caption)
    },
    download: camera.download
      ? () => {
          if (engine && state) void download(camera.id, state.stream, engine.wallMs())
        }
      : null,
    fullScreen: () => {
      if (document.fullscreenElement) void document.exitFullscreen()
      else void on.box()?.requestFullscreen()
    },
    zoom: (factor) => on.timeline()?.zoom(factor),
    jump: (direction) => {
      if (!on.timeline()?.jump(direction))
        notifications.show({
          message:
            direction === 1 ? 'There is no mark between here and now.' : 'There is no mark before this.',
        })
    },
    mark: (which) => {
      if (!engine) return
      // The shown frame is the first, or the last, of the span.
      const wall = engine.wallMs()
      const at = which === 'in' ? Math.floor(wall) : Math.ceil(wall + engine.frameMs())
      const next = withMark(marks, which, at)
      on.onMarks(next, loop && spanOf(next) !== null)
    },
    clearMarks: () => on.onMarks(NO_MARKS, false),
    jumpTo: (which) => {
      const mark = marks[which]
      follow()
      // To the frame that the mark is of: the last one of the span.
      if (mark !== null) seek(which === 'in' ? mark : mark - (engine?.frameMs() ?? 0))
    },
    toggleLoop: () => {
      if (!span || !engine) return
      on.onMarks(marks, !loop)
      const here = engine.wallMs()
      if (loop) return
      if (here < span.start || here >= span.end) seek(span.start)
      // At once: near the end of the span it would be over before the address is read.
      engine.setLoop(span)
      engine.play()
    },
    copyLink: () => {
      if (!engine) return
      const link = on.linkTo(Math.round(engine.wallMs()))
      void copyText(link).then((copied) =>
        notifications.show({ message: copied ? 'The link to this picture is in the clipboard.' : link }),
      )
    },
  }
}
