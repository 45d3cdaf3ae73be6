import {
  useEffect,
  useRef,
  useState,
  type CSSProperties,
  type ReactNode,
  type Ref,
  type TouchEvent,
} from 'react'
import { ArrangePlace, type PlaceActions } from './ArrangePlace'
import type { Tile } from './content'
import type { Grid } from './grid'
import classes from './WallGrid.module.css'

/** A place of the page that is shown. */
export interface Slot<Camera> {
  /** Over all pages. */
  place: number
  tile: Tile | null
  camera: Camera | undefined
}

interface Props<Camera> {
  ref: Ref<HTMLDivElement>
  grid: Grid
  width: number
  slots: readonly Slot<Camera>[]
  arranging: { at: number; held: boolean; over: number | null; actions: PlaceActions } | null
  /** A tile; `number` is its place on this page as people count, `alone` that no other one is there. */
  children: (camera: Camera, place: { slot: Slot<Camera>; number: number; alone: boolean }) => ReactNode
  onSwipe: (by: number) => void
}

/** The places of a page of a wall, whatever is shown in them. */
export function WallGrid<Camera extends { id: string; name: string }>(props: Props<Camera>) {
  const { ref, grid, width, slots, arranging, children, onSwipe } = props
  const alone = slots.filter(({ camera }) => camera).length === 1
  const swipe = useSwipe(onSwipe)
  const style: CSSProperties = {
    gridTemplateColumns: `repeat(${grid.columns}, minmax(0, 1fr))`,
    ...(grid.scrolls
      ? { gridAutoRows: (width / grid.columns) * (9 / 16) }
      : { gridTemplateRows: `repeat(${grid.rows}, minmax(0, 1fr))` }),
  }
  return (
    <div
      ref={ref}
      className={classes.grid}
      data-scrolls={grid.scrolls ? '' : undefined}
      style={style}
      {...(arranging ? {} : swipe)}
    >
      {slots.map((slot, index) => {
        const { place, tile, camera } = slot
        const span = index === 0 && grid.large > 1 ? `span ${grid.large}` : undefined
        return (
          <div
            key={place}
            className={classes.slot}
            data-slot={place}
            style={{ gridColumn: span, gridRow: span }}
          >
            {camera && (
              <Seen key={camera.id} always={!grid.scrolls}>
                <div className={classes.fill} inert={arranging !== null}>
                  {children(camera, { slot, number: index + 1, alone })}
                </div>
              </Seen>
            )}
            {arranging && (
              <ArrangePlace
                place={place}
                number={index + 1}
                tile={tile}
                camera={camera}
                selected={arranging.at === place}
                held={arranging.held && arranging.at === place}
                over={arranging.over === place}
                actions={arranging.actions}
              />
            )}
          </div>
        )
      })}
    </div>
  )
}

/** In a column that scrolls only what is in sight (or nearly) is played: a phone can't take 64 streams. */
function Seen({ always, children }: { always: boolean; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    const element = box.current
    if (always || !element) return
    const watch = new IntersectionObserver(([entry]) => setSeen(entry?.isIntersecting ?? false), {
      rootMargin: '50% 0px',
    })
    watch.observe(element)
    return () => watch.disconnect()
  }, [always])
  return (
    <div ref={box} className={classes.fill}>
      {(always || seen) && children}
    </div>
  )
}

const SWIPE_PX = 60

/** Left and right with a finger: the next page and the one before. */
function useSwipe(onSwipe: (by: number) => void) {
  const from = useRef<{ x: number; y: number } | null>(null)
  return {
    onTouchStart: (event: TouchEvent) => {
      // A finger on an enlarged picture moves that.
      const free = event.touches.length === 1 && !(event.target as Element).closest('[data-zoomed]')
      const touch = free ? event.touches[0] : undefined
      from.current = touch ? { x: touch.clientX, y: touch.clientY } : null
    },
    onTouchEnd: (event: TouchEvent) => {
      const touch = event.changedTouches[0]
      if (!from.current || !touch) return
      const across = touch.clientX - from.current.x
      const down = touch.clientY - from.current.y
      if (Math.abs(across) > SWIPE_PX && Math.abs(across) > 2 * Math.abs(down)) onSwipe(across < 0 ? 1 : -1)
    },
  }
}
