import { Skeleton } from '@mantine/core'
import { useElementSize, useFullscreenElement } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { camerasQuery } from '@/api/queries'
import type { Camera, StreamKind } from '@/api/types'
import { isTyping } from '@/frame/keys'
import { NoCamera } from '@/parts/NoCamera'
import { Failure } from '@/parts/Notice'
import type { LiveSearch } from '@/router'
import { useTitle } from '@/state/hooks'
import { arrange } from './grid'
import { LiveBar } from './LiveBar'
import classes from './LivePage.module.css'
import { LiveTile, type TileHandle } from './LiveTile'

const route = getRouteApi('/frame/live')

/** The wall: all cameras in a grid, or one of them. */
export function LivePage() {
  useTitle('Live')
  const cameras = useQuery(camerasQuery)
  if (cameras.error && !cameras.data)
    return (
      <div className={classes.message}>
        <Failure error={cameras.error} onRetry={() => void cameras.refetch()} />
      </div>
    )
  if (!cameras.data) return <Skeleton height="100%" radius={0} aria-label="Loading the cameras" />
  const shown = cameras.data.filter((camera) => camera.enabled && camera.allowed.includes('live.view'))
  if (shown.length === 0)
    return (
      <div className={classes.message}>
        <h1 className="visually-hidden">Live</h1>
        <NoCamera>Add one by its RTSP address, and it is recorded and shown here at once.</NoCamera>
      </div>
    )
  return <Wall cameras={shown} />
}

/** Small pictures take the small stream. */
function streamFor(camera: Camera, tiles: number): StreamKind {
  return tiles > 1 && camera.streams.some((stream) => stream.kind === 'sub') ? 'sub' : 'main'
}

function Wall({ cameras }: { cameras: Camera[] }) {
  const { layout = 'auto', page: wantedPage = 0, focus: focusSlug } = route.useSearch()
  const navigate = route.useNavigate()
  const { ref: grid, width, height } = useElementSize()
  const { ref: wall, toggle: toggleFullScreen, fullscreen } = useFullscreenElement()
  const focusedTile = useRef<TileHandle | null>(null)
  const [awake, setAwake] = useState(true)

  const focused = cameras.find((camera) => camera.slug === focusSlug)
  const plan = arrange(layout, cameras.length, width || 1280, height || 720)
  const pages = Math.max(1, Math.ceil(cameras.length / plan.tiles))
  const page = Math.min(wantedPage, pages - 1)
  const visible = focused ? [focused] : cameras.slice(page * plan.tiles, (page + 1) * plan.tiles)

  const scrolls = !focused && plan.scrolls
  const go = (change: LiveSearch) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true })
  const focus = (camera: Camera | undefined) =>
    void navigate({ search: (now) => ({ ...now, focus: camera?.slug }) })

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return
      const key = event.key.toLowerCase()
      const numbered = /^[1-9]$/.test(key) ? cameras[page * plan.tiles + Number(key) - 1] : undefined
      if (numbered) focus(numbered.slug === focusSlug ? undefined : numbered)
      else if (key === 'escape' && focused && !document.fullscreenElement) focus(undefined)
      else if (key === 'f' && !focused) void toggleFullScreen()
      else if (key === 'f') focusedTile.current?.fullScreen()
      else if (key === 'm') focusedTile.current?.toggleMute()
      else if (key === 's') focusedTile.current?.snapshot()
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })

  const idle = useRef(0)
  const wake = () => {
    if (!awake) setAwake(true)
    window.clearTimeout(idle.current)
    idle.current = window.setTimeout(() => setAwake(false), 2500)
  }
  useEffect(() => {
    idle.current = window.setTimeout(() => setAwake(false), 4000)
    return () => window.clearTimeout(idle.current)
  }, [])

  return (
    <div ref={wall} className={classes.wall} onPointerMove={wake} data-awake={awake ? '' : undefined}>
      <LiveBar
        layout={layout}
        onLayout={(next) => go({ layout: next, page: undefined, focus: undefined })}
        page={page}
        pages={focused ? 1 : pages}
        onPage={(next) => go({ page: next })}
        focused={focused}
        onBack={() => focus(undefined)}
        fullScreen={fullscreen}
        onFullScreen={() => void toggleFullScreen()}
      />
      <div
        ref={grid}
        className={classes.grid}
        data-scrolls={scrolls ? '' : undefined}
        style={{
          gridTemplateColumns: `repeat(${focused ? 1 : plan.columns}, minmax(0, 1fr))`,
          gridTemplateRows: scrolls ? undefined : `repeat(${focused ? 1 : plan.rows}, minmax(0, 1fr))`,
          gridAutoRows: scrolls ? (width / plan.columns) * (9 / 16) : undefined,
        }}
      >
        {visible.map((camera, index) => (
          <LiveTile
            key={camera.id}
            camera={camera}
            stream={streamFor(camera, visible.length)}
            place={focused ? 0 : index + 1}
            {...(visible.length > 1 || focused ? { onFocus: () => focus(focused ? undefined : camera) } : {})}
            ref={visible.length === 1 ? focusedTile : null}
          />
        ))}
      </div>
    </div>
  )
}
