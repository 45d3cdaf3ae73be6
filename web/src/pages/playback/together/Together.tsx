import { useElementSize, useFullscreenDocument } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useCallback, useEffect, useRef, useState, useSyncExternalStore, type RefObject } from 'react'
import type { Layout } from '@/api/walls'
import { Arranging } from '@/parts/wall/Arranging'
import { CameraDrawer } from '@/parts/wall/CameraDrawer'
import { EVERYTHING, pagesOf, type Content } from '@/parts/wall/content'
import { arrange, MOST_TILES } from '@/parts/wall/grid'
import { useArrange } from '@/parts/wall/useArrange'
import { WallGrid, type Slot } from '@/parts/wall/WallGrid'
import { spanOf, type Marks } from '@/player/marks'
import { SyncGroup } from '@/player/sync/group'
import { Timeline, type TimelineHandle } from '@/timeline/Timeline'
import type { Mark } from '@/timeline/marks'
import { Below } from '../Below'
import { MarksBar } from '../MarksBar'
import type { Noted } from '../Review'
import { MOST_CAMERAS, placesOut } from './address'
import { GroupNotice } from './GroupNotice'
import { slugsOf, tilesFor, type Shown } from './shown'
import classes from './Together.module.css'
import { TogetherTile, type TogetherTileHandle } from './TogetherTile'
import { TogetherTransport } from './TogetherTransport'
import { useTogetherActions } from './useTogetherActions'
import { useTogetherKeys } from './useTogetherKeys'

export interface TogetherChange {
  camera?: string
  cameras?: string
  page?: number | undefined
  focus?: string | undefined
  at?: number
  marks?: Marks
  loop?: boolean
}

interface Props {
  /** Those to choose from and those in the places. */
  cameras: Shown[]
  slugs: readonly (string | null)[]
  layout: Layout
  page: number
  /** Slug of the one that is shown alone. */
  focus: string | undefined
  /** The one that keys and steps are for. */
  lead: Shown
  at: number
  day: { start: number; end: number } | null
  zone: string
  now: number
  earliest: number
  bookmarks: readonly Mark[]
  /** What a bookmark of the selected camera would note. */
  notedRef: RefObject<Noted>
  marks: Marks
  loop: boolean
  arranging: boolean
  onArranging: (arranging: boolean) => void
  onChange: (change: TogetherChange) => void
  onNow: () => void
}

const ALONE = { columns: 1, rows: 1, tiles: 1, large: 1, scrolls: false }

/** Several cameras at one instant, over their rows of the timeline. */
export function Together({ cameras, slugs, layout, page: wanted, lead, at, zone, now, ...props }: Props) {
  const { arranging, day, loop, marks, notedRef, onArranging, onChange } = props
  const [group] = useState(() => new SyncGroup(at))
  const state = useSyncExternalStore(group.subscribe, group.getState)
  const timeline = useRef<TimelineHandle>(null)
  const stage = useRef<HTMLDivElement>(null)
  const tiles = useRef(new Map<string, TogetherTileHandle>())
  const { ref: box, width, height } = useElementSize()
  const { ref: page, height: pageHeight } = useElementSize()
  const { fullscreen } = useFullscreenDocument()
  const [heard, setHeard] = useState<string | null>(null)
  const lastMove = useRef(at)
  const wallMs = useCallback(() => group.wallMs(), [group])
  const span = spanOf(marks)
  const [from, to] = span ? [span.start, span.end] : [null, null]
  useEffect(() => {
    group.setLead(lead.id)
  }, [group, lead.id])
  useEffect(() => {
    notedRef.current = () => {
      if (from !== null) return { startMs: from, endMs: to }
      const at = Math.floor(wallMs())
      return { startMs: at, endMs: at }
    }
  }, [notedRef, wallMs, from, to])
  useEffect(() => {
    group.setLoop(loop && from !== null ? { start: from, end: to } : null)
  }, [group, loop, from, to])
  // The address moved without us: a link, the calendar, the browser's back.
  useEffect(() => {
    if (Math.abs(at - lastMove.current) < 1) return
    lastMove.current = at
    group.seek(at)
    timeline.current?.follow()
  }, [at, group])
  useEffect(() => {
    if (day) timeline.current?.show(day.start, day.end)
  }, [day])

  const places = tilesFor(cameras, slugs)
  const content: Content = { ...EVERYTHING, layout, source: 'tiles', tiles: places }
  const spare = arranging && layout === 'auto' ? 1 : 0
  const grid = arrange(
    layout,
    Math.min(MOST_TILES, places.length + spare),
    width || window.innerWidth,
    height || window.innerHeight / 2,
  )
  const pages = pagesOf(layout, places, arranging)
  const pageNumber = Math.min(wanted, pages - 1)
  const first = pageNumber * grid.tiles
  const all = Array.from({ length: grid.tiles }, (_, i): Slot<Shown> => {
    const tile = places[first + i] ?? null
    return { place: first + i, tile, camera: tile ? cameras.find(({ id }) => id === tile.camera) : undefined }
  })
  const slots = grid.scrolls && !arranging ? all.filter(({ camera }) => camera) : all
  const focused = cameras.find(({ slug }) => slug === props.focus && slugs.includes(slug))
  const shown = places.flatMap((tile) => cameras.find(({ id }) => id === tile?.camera) ?? [])
  const rows = shown.filter(({ missing }) => !missing)

  const moved = (to: number) => {
    lastMove.current = Math.round(to)
    onChange({ at: lastMove.current })
  }
  const seek = (to: number, done = true, camera?: string) => {
    group.seek(to)
    lastMove.current = Math.round(group.wallMs())
    if (done) onChange({ at: lastMove.current, ...(camera ? { camera } : {}) })
  }
  const onMarks = (marked: Marks, looped: boolean) => onChange({ marks: marked, loop: looped })
  const turn = (by: number) => {
    if (focused || pages < 2) return false
    onChange({ page: (pageNumber + by + pages) % pages })
    return true
  }
  const show = (camera: Shown | undefined) =>
    onChange(camera ? { focus: camera.slug, camera: camera.slug } : { focus: undefined })
  const listen = (camera: Shown) => setHeard(heard === camera.id ? null : camera.id)
  const arrangement = useArrange({
    content,
    places,
    cameras,
    grid,
    first,
    change: (changed) => {
      const chosen = changed.tiles.filter(Boolean).length
      if (chosen > MOST_CAMERAS)
        notifications.show({ message: `Playback shows at most ${MOST_CAMERAS} cameras together.` })
      else onChange({ cameras: placesOut(slugsOf(cameras, changed.tiles)) })
    },
    onClose: () => onArranging(false),
    begin: all.find(({ tile }) => tile === null)?.place ?? 0,
  })
  const actions = useTogetherActions({
    group,
    shown: rows.map(({ id }) => id),
    bookmarks: props.bookmarks,
    marks,
    loop,
    timeline: () => timeline.current,
    stage: () => stage.current,
    seek,
    told: moved,
    onMarks,
    onNow: props.onNow,
    toggleSound: () => listen(lead),
    snapshot: () => tiles.current.get(lead.id)?.snapshot(),
  })
  useTogetherKeys(state, actions, {
    tile: (index) => {
      const camera = all[index]?.camera
      if (arranging || !camera) return false
      show(camera.slug === focused?.slug ? undefined : camera)
      return true
    },
    back: () => {
      if (arranging) onArranging(false)
      else if (focused && !document.fullscreenElement) show(undefined)
      else return false
      return true
    },
    page: turn,
    arrange: () => {
      if (focused) return false
      onArranging(!arranging)
      // Who begins with a key goes on with keys.
      if (!arranging) arrangement.focus(arrangement.at)
      return true
    },
  })

  return (
    <div ref={page} className={classes.page}>
      <div className={classes.body}>
        <div ref={stage} className={classes.stage} data-full={fullscreen ? '' : undefined}>
          <WallGrid
            key={focused ? 'alone' : 'grid'}
            ref={box}
            grid={focused ? ALONE : grid}
            width={width}
            slots={focused ? [{ place: 0, tile: null, camera: focused }] : slots}
            arranging={
              arranging && !focused
                ? {
                    at: arrangement.at,
                    held: arrangement.held,
                    over: arrangement.carrying?.over ?? null,
                    actions: { ...arrangement.actions, stream: null },
                  }
                : null
            }
            onSwipe={turn}
          >
            {(camera, { number, alone }) => (
              <TogetherTile
                camera={camera}
                group={group}
                large={alone || (grid.large > 1 && number === 1)}
                alone={alone}
                selected={!alone && camera.id === lead.id}
                heard={heard === camera.id}
                zone={zone}
                now={now}
                onSelect={() => onChange({ camera: camera.slug })}
                onFocus={() => show(focused ? undefined : camera)}
                onSound={() => listen(camera)}
                ref={(handle) => {
                  if (handle) tiles.current.set(camera.id, handle)
                  else tiles.current.delete(camera.id)
                }}
              />
            )}
          </WallGrid>
          <GroupNotice
            state={state}
            empty={shown.length === 0 && !arranging}
            zone={zone}
            now={now}
            onNow={props.onNow}
            onArrange={() => onArranging(true)}
          />
        </div>
        {arranging && !focused && (
          <CameraDrawer
            cameras={cameras.filter(({ missing }) => !missing)}
            placed={new Set(shown.map(({ id }) => id))}
            target={`place ${arrangement.number(arrangement.at)}`}
            press={arrangement.press}
            onChoose={arrangement.choose}
            onClose={() => onArranging(false)}
            search={arrangement.search}
          />
        )}
      </div>
      <Arranging on={arranging} arrangement={arrangement} />
      <TogetherTransport
        state={state}
        zone={zone}
        wallMs={wallMs}
        heard={heard === lead.id}
        lead={lead}
        page={pageNumber}
        pages={focused ? 1 : pages}
        actions={actions}
        onPage={turn}
      />
      <MarksBar
        marks={marks}
        loop={loop}
        zone={zone}
        now={now}
        onJump={actions.jumpTo}
        onLoop={actions.toggleLoop}
        onClear={actions.clearMarks}
      />
      <Below rows={rows.length} available={pageHeight}>
        <Timeline
          ref={timeline}
          cameras={rows}
          selected={lead.id}
          zone={zone}
          earliest={props.earliest}
          marks={props.bookmarks}
          playhead={wallMs}
          onSeek={(to, row, done) => {
            const camera = rows.find(({ id }) => id === row)
            seek(to, done, camera?.slug)
          }}
          onSelect={(id) => {
            const camera = rows.find((candidate) => candidate.id === id)
            if (camera) onChange({ camera: camera.slug })
          }}
          inOut={marks}
          onInOut={(dragged) => onMarks(dragged, loop)}
        />
      </Below>
    </div>
  )
}
