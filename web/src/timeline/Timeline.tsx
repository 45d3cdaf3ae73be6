import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useImperativeHandle, useMemo, useRef, useState, type Ref } from 'react'
import { onServerEvent } from '@/api/useServerEvents'
import { StateMark } from '@/parts/StateMark'
import { useNow, usePlace } from '@/state/hooks'
import { savePreferences, usePreferences } from '@/state/preferences'
import { stepFor } from '@/previews/find'
import { usePreviews } from '@/previews/shared'
import { NO_MARKS as NO_IN_OUT, type Marks } from '@/player/marks'
import type { Tone } from '@/words/camera-state'
import { clockTime, dayName, moment } from '@/words/format'
import { DAY, offsetName } from '@/words/zone'
import { TimelineController } from './controller'
import { CoverageStore } from './coverage-store'
import { HoverCard } from './HoverCard'
import type { Hover, Inputs } from './inputs'
import { markName, type Mark } from './marks'
import { endOf, initialSpan, type View } from './scale'
import classes from './Timeline.module.css'

export interface TimelineHandle {
  zoom(factor: number): void
  show(start: number, end: number): void
  follow(): void
  /** The playhead goes to the next mark (1) or the one before (-1); null when there is none. */
  jump(direction: 1 | -1): Mark | null
  /** Milliseconds that a pixel stands for. */
  msPerPx(): number
}

/** One camera's row. */
export interface TimelineRow {
  id: string
  name: string
  tone: Tone
  recording: boolean
}

interface Props {
  cameras: TimelineRow[]
  selected: string
  zone: string
  earliest: number
  /** What is marked, in any order. Keep the list while it is the same. */
  marks?: readonly Mark[]
  playhead: () => number | null
  /** `camera` is the row that was clicked, null for the ruler; `done` is false while the playhead is dragged. */
  onSeek: (at: number, camera: string | null, done: boolean) => void
  onSelect: (camera: string) => void
  /** A day of the overview was chosen; `camera` as of `onSeek`. Without it the click seeks to its beginning. */
  onDay?: (start: number, end: number, camera: string | null) => void
  /** A mark was clicked; `onSeek` is called with its beginning as well. */
  onMark?: (mark: Mark) => void
  /** In and out marks, and what happens when they are dragged. */
  inOut?: Marks
  onInOut?: Inputs['onInOut']
  ref?: Ref<TimelineHandle>
}

// A zoom is many small steps: the last one is worth remembering.
const SETTLED_MS = 500

const NO_MARKS: readonly Mark[] = []

export function Timeline({
  cameras,
  selected,
  zone,
  earliest,
  playhead,
  onSeek,
  onSelect,
  ref,
  ...more
}: Props) {
  const { marks = NO_MARKS, onMark, onDay, inOut = NO_IN_OUT, onInOut = null } = more
  const now = useNow(1000)
  const place = usePlace()
  const scroll = useRef<HTMLDivElement>(null)
  const plot = useRef<HTMLDivElement>(null)
  const ruler = useRef<HTMLCanvasElement>(null)
  const rows = useRef<HTMLCanvasElement>(null)
  const head = useRef<HTMLDivElement>(null)
  const headLabel = useRef<HTMLSpanElement>(null)
  const saving = useRef<number | undefined>(undefined)
  const remembered = usePreferences().timelineSpanMs
  const initial = useRef(initialSpan(remembered, earliest, now))
  const controller = useRef<TimelineController | null>(null)
  const [hover, setHover] = useState<Hover | null>(null)
  const [range, setRange] = useState<{ view: View; width: number } | null>(null)
  const [arrived, setArrived] = useState<string | null>(null)
  const scheme = useComputedColorScheme('dark')

  const ids = cameras.map((camera) => camera.id).join()
  const store = useMemo(() => new CoverageStore(ids ? ids.split(',') : []), [ids])
  useEffect(() => () => store.destroy(), [store])
  const previews = usePreviews()
  useEffect(
    () =>
      onServerEvent(({ topic }) => {
        if (topic === 'gap' || topic.startsWith('gap.') || topic.startsWith('segment.'))
          store.refresh(Date.now())
        if (!topic.includes('deleted')) return
        store.forget()
        controller.current?.forgetDays()
      }),
    [store],
  )

  const inputs: Inputs = {
    rows: cameras,
    selected,
    zone,
    earliest: earliest - DAY,
    onZoom: (spanMs) => {
      window.clearTimeout(saving.current)
      saving.current = window.setTimeout(() => savePreferences({ timelineSpanMs: spanMs }), SETTLED_MS)
    },
    place,
    marks,
    playhead,
    onSeek,
    onDay: (start, end, camera) => {
      if (onDay) onDay(start, end, camera)
      else {
        controller.current?.show(start, end)
        onSeek(start, camera, true)
      }
    },
    onMark: (mark) => onMark?.(mark),
    onHover: setHover,
    onView: (view, width) => setRange({ view, width }),
    inOut,
    onInOut,
  }
  const latest = useRef(inputs)
  useEffect(() => {
    latest.current = inputs
    controller.current?.update(inputs)
  })

  useEffect(() => {
    if (
      !scroll.current ||
      !plot.current ||
      !ruler.current ||
      !rows.current ||
      !head.current ||
      !headLabel.current
    )
      return
    const made = new TimelineController(
      {
        frame: scroll.current,
        plot: plot.current,
        ruler: ruler.current,
        rows: rows.current,
        playhead: head.current,
        playheadLabel: headLabel.current,
      },
      store,
      latest.current,
      (at) => clockTime(at, latest.current.zone, 'ms'),
      { at: latest.current.playhead() ?? Date.now(), spanMs: initial.current },
    )
    controller.current = made
    return () => {
      made.destroy()
      controller.current = null
    }
  }, [store])
  useEffect(() => controller.current?.repaint(), [scheme])

  useImperativeHandle(ref, () => ({
    zoom: (factor) => controller.current?.zoom(factor),
    show: (start, end) => controller.current?.show(start, end),
    follow: () => controller.current?.follow(),
    jump: (direction) => {
      const mark = controller.current?.jump(direction) ?? null
      setArrived(mark && `${markName(mark)}, ${moment(mark.startMs, zone, now)}`)
      return mark
    },
    msPerPx: () => controller.current?.msPerPx ?? 0,
  }))

  const middle = range ? (range.view.start + endOf(range.view, range.width)) / 2 : now
  const shown = playhead()
  return (
    <div ref={scroll} className={classes.scroll}>
      <div className={classes.timeline}>
        <div className={classes.corner}>
          <strong className="tabular">{dayName(middle, zone)}</strong>
          <span className="meta">{offsetName(middle, zone)}</span>
        </div>
        <ul className={classes.gutter}>
          {cameras.map((camera) => (
            <li key={camera.id}>
              <button
                type="button"
                className={classes.camera}
                aria-pressed={camera.id === selected}
                onClick={() => onSelect(camera.id)}
              >
                <StateMark tone={camera.tone} size={10} />
                <span>{camera.name}</span>
              </button>
            </li>
          ))}
        </ul>
        <div
          ref={plot}
          className={classes.plot}
          role="slider"
          tabIndex={0}
          aria-label="Timeline"
          aria-valuemin={Math.min(earliest, now)}
          aria-valuemax={now}
          aria-valuenow={shown ?? now}
          aria-valuetext={moment(shown ?? now, zone, now)}
        >
          <canvas ref={ruler} className={classes.ruler} />
          <canvas ref={rows} className={classes.rows} />
          <div ref={head} className={classes.playhead} data-part="playhead" hidden>
            <span ref={headLabel} className={classes.playheadLabel} />
          </div>
        </div>
        <span className="visually-hidden" role="status" data-part="mark-told">
          {arrived}
        </span>
        {hover && (
          <HoverCard
            hover={hover}
            cameras={cameras}
            previews={previews}
            step={stepFor(range?.view.msPerPx ?? 0)}
            zone={zone}
            now={now}
          />
        )}
      </div>
    </div>
  )
}
