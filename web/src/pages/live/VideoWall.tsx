import { useElementSize, useFullscreenDocument } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { Camera, StreamKind } from '@/api/types'
import { wallZonesQuery } from '@/api/walls'
import { Arranging } from '@/parts/wall/Arranging'
import { CameraDrawer } from '@/parts/wall/CameraDrawer'
import { pagesOf, placesOf, type Content } from '@/parts/wall/content'
import { arrange, MOST_TILES } from '@/parts/wall/grid'
import { useArrange } from '@/parts/wall/useArrange'
import { WallGrid, type Slot } from '@/parts/wall/WallGrid'
import type { LiveSearch } from '@/router'
import { cameraState } from '@/words/camera-state'
import { EmptyWall } from './EmptyWall'
import { LiveBar } from './LiveBar'
import classes from './LivePage.module.css'
import { LiveTile, type TileHandle } from './LiveTile'
import { useAwake, useLit } from './useAwake'
import { useSequence } from './useSequence'
import { useSound } from './useSound'
import { useTileFullScreen } from './useTileFullScreen'
import type { OpenWall } from './useWall'
import { useWallKeys } from './useWallKeys'

const route = getRouteApi('/frame/live')
const ALONE = { columns: 1, rows: 1, tiles: 1, large: 1, scrolls: false }

interface Props {
  cameras: Camera[]
  open: OpenWall
  kiosk: boolean
  onOpen: (id: string | null) => void
}

/** A wall of cameras, or one of them alone. */
export function VideoWall({ cameras, open, kiosk, onOpen }: Props) {
  const { page: wantedPage = 0, focus: focusSlug } = route.useSearch()
  const navigate = route.useNavigate()
  const zones = useQuery(wallZonesQuery)
  const { ref: box, width, height } = useElementSize()
  const { toggle: toggleFullScreen, fullscreen } = useFullscreenDocument()
  const [awake, wake] = useAwake()
  const [arranging, setArranging] = useState(false)
  const tiles = useRef(new Map<number, TileHandle>())
  const sound = useSound()
  useLit(kiosk || fullscreen)
  // Another page has use for the rail.
  useEffect(() => () => void (document.fullscreenElement && document.exitFullscreen()), [])

  const { content } = open
  const known = zones.data ?? []
  const ids = cameras.map(({ id }) => id)
  const places = placesOf(content, ids, known)
  const focused = cameras.find((camera) => camera.slug === focusSlug)
  const spare = arranging && content.layout === 'auto' ? 1 : 0
  const grid = arrange(
    content.layout,
    Math.min(MOST_TILES, places.length + spare),
    // Before anything is measured: what is on the screen at first must not be another grid.
    width || window.innerWidth,
    height || window.innerHeight,
  )
  const pages = pagesOf(content.layout, places, arranging)
  const page = Math.min(wantedPage, pages - 1)
  const first = page * grid.tiles
  const all = Array.from({ length: grid.tiles }, (_, i): Slot<Camera> => {
    const tile = places[first + i] ?? null
    return { place: first + i, tile, camera: tile ? cameras.find(({ id }) => id === tile.camera) : undefined }
  })
  // One below the other an empty place is only in the way.
  const slots = grid.scrolls && !arranging ? all.filter(({ camera }) => camera) : all

  const go = (change: LiveSearch) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true })
  const focus = (camera: Camera | undefined) =>
    void navigate({ search: (now) => ({ ...now, focus: camera?.slug }) })
  const fillScreen = useTileFullScreen({
    focused,
    full: fullscreen,
    toggle: () => void toggleFullScreen(),
    focus,
  })
  const turn = (by: number) => {
    if (focused || pages < 2) return false
    go({ page: (page + by + pages) % pages })
    return true
  }
  const change = (changed: Partial<Content>) => {
    open.change({ ...content, ...changed })
    if ('layout' in changed || 'source' in changed) go({ page: undefined })
  }
  const close = () => setArranging(false)
  const arrangeable = cameras.map((camera) => ({ ...camera, tone: cameraState(camera, 0).tone }))
  const arrangement = useArrange({
    content,
    places,
    cameras: arrangeable,
    grid,
    first,
    change: open.change,
    onClose: close,
  })
  const runs = content.sequence && pages > 1 && !arranging && !focused
  const left = useSequence(runs, content.seconds, { page, pages }, () => turn(1))

  useWallKeys({
    tile: (index) => {
      const camera = all[index]?.camera
      if (arranging || !camera) return false
      focus(camera.slug === focusSlug ? undefined : camera)
      return true
    },
    back: () => {
      if (arranging) close()
      else if (focused && !document.fullscreenElement) focus(undefined)
      else return false
      return true
    },
    page: turn,
    fullScreen: () => {
      void toggleFullScreen()
      return true
    },
    mute: () => call(meant(tiles.current), (tile) => tile.toggleSound()),
    snapshot: () => call(meant(tiles.current), (tile) => tile.snapshot()),
    arrange: () => {
      if (focused || kiosk) return false
      setArranging(!arranging)
      // Who begins with a key goes on with keys.
      if (!arranging) arrangement.focus(arrangement.at)
      return true
    },
    sequence: () => {
      if (focused || arranging || pages < 2) return false
      change({ sequence: !content.sequence })
      return true
    },
  })

  const empty = !focused && !arranging && places.length === 0 && (content.source !== 'zone' || zones.data)
  const { carrying } = arrangement
  return (
    <div
      className={classes.wall}
      onPointerMove={wake}
      onPointerDown={wake}
      onFocus={wake}
      data-wall
      data-awake={awake ? '' : undefined}
      data-kiosk={kiosk ? '' : undefined}
    >
      {kiosk ? (
        <h1 className="visually-hidden">{open.saved?.name ?? 'Live'}</h1>
      ) : (
        <LiveBar
          open={open}
          zones={known}
          width={width}
          page={page}
          pages={pages}
          left={left}
          focused={focused}
          arranging={arranging}
          fullScreen={fullscreen}
          onOpen={onOpen}
          onChange={change}
          onPage={(next) => go({ page: next })}
          onBack={() => focus(undefined)}
          onArrange={() => setArranging(!arranging)}
          onFullScreen={() => void toggleFullScreen()}
        />
      )}
      <div className={classes.body}>
        {empty ? (
          <EmptyWall saved={open.saved} content={content} onArrange={() => setArranging(true)} />
        ) : (
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
                    over: carrying?.over ?? null,
                    actions: arrangement.actions,
                  }
                : null
            }
            onSwipe={turn}
          >
            {(camera, { slot, number, alone }) => (
              <LiveTile
                camera={camera}
                stream={streamFor(slot, alone)}
                place={alone ? 0 : number}
                alone={alone}
                onFocus={() => focus(focused ? undefined : camera)}
                sound={sound(camera)}
                screen={{ full: alone && fullscreen, toggle: () => fillScreen(camera) }}
                ref={(handle) => {
                  if (handle) tiles.current.set(slot.place, handle)
                  else tiles.current.delete(slot.place)
                }}
              />
            )}
          </WallGrid>
        )}
        {arranging && !focused && (
          <CameraDrawer
            cameras={arrangeable}
            placed={new Set(places.flatMap((tile) => tile?.camera ?? []))}
            target={`place ${arrangement.number(arrangement.at)}`}
            press={arrangement.press}
            onChoose={arrangement.choose}
            onClose={close}
            search={arrangement.search}
          />
        )}
      </div>
      <Arranging on={arranging} arrangement={arrangement} />
    </div>
  )
}

/** Small pictures take the small stream, unless the tile says otherwise. */
function streamFor({ tile, camera }: Slot<Camera>, alone: boolean): StreamKind {
  if (!camera?.streams.some((stream) => stream.kind === 'sub')) return 'main'
  if (tile && tile.stream !== 'auto') return tile.stream
  return alone ? 'main' : 'sub'
}

/** The tile that a key is for: the only one, or the one under the pointer or with the focus. */
function meant(tiles: ReadonlyMap<number, TileHandle>): TileHandle | null {
  const [only] = tiles.values()
  if (tiles.size === 1) return only ?? null
  const at = document.querySelector<HTMLElement>('[data-slot]:hover, [data-slot]:focus-within')?.dataset.slot
  return tiles.get(Number(at)) ?? null
}

function call(tile: TileHandle | null, act: (tile: TileHandle) => void): boolean {
  if (tile) act(tile)
  return tile !== null
}
