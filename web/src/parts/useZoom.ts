import { useEffect, useRef, useState, type MouseEvent, type PointerEvent as Pointed } from 'react'
import { isTyping } from '@/frame/keys'
import { panned, STEP, transformOf, WHOLE, zoomedAt, type Zoom } from './zoom'

interface Point {
  x: number
  y: number
}

const DOUBLE_TAP_MS = 300
const TAP_PX = 10

/**
 * Zooms what is in `box` by wheel, by two fingers and by + - 0 (where `keys`), and moves it by dragging. The wheel scrolls
 * where the page does; with Ctrl it zooms there, too.
 */
export function useZoom(box: HTMLElement | null, keys: boolean) {
  const [zoom, setZoom] = useState<Zoom>(WHOLE)
  const pointers = useRef(new Map<number, Point>())
  const tapped = useRef({ at: 0, x: 0, y: 0 })
  const resetAt = useRef(-Infinity)
  const zoomed = zoom.scale > 1

  const place = (x: number, y: number): Point => {
    const rect = box?.getBoundingClientRect()
    return rect ? { x: (x - rect.left) / rect.width, y: (y - rect.top) / rect.height } : { x: 0.5, y: 0.5 }
  }

  // React listens to the wheel passively, and the page must not zoom along.
  useEffect(() => {
    if (!box) return
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && box.closest('[data-scrolls]')) return
      event.preventDefault()
      const rect = box.getBoundingClientRect()
      const x = (event.clientX - rect.left) / rect.width
      const y = (event.clientY - rect.top) / rect.height
      setZoom((now) => zoomedAt(now, Math.exp(-event.deltaY / 400), x, y))
    }
    box.addEventListener('wheel', onWheel, { passive: false })
    return () => box.removeEventListener('wheel', onWheel)
  }, [box])

  useEffect(() => {
    if (!keys) return
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === '+' || event.key === '=') setZoom((now) => zoomedAt(now, STEP, 0.5, 0.5))
      else if (event.key === '-') setZoom((now) => zoomedAt(now, 1 / STEP, 0.5, 0.5))
      else if (event.key === '0') setZoom(WHOLE)
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [keys])

  const onPointerDown = (event: Pointed) => {
    if (event.button !== 0) return
    pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
    if (zoomed || pointers.current.size > 1) event.currentTarget.setPointerCapture(event.pointerId)
  }

  const onPointerMove = (event: Pointed) => {
    const before = pointers.current.get(event.pointerId)
    if (!before || !box) return
    const now = { x: event.clientX, y: event.clientY }
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1]
    pointers.current.set(event.pointerId, now)
    if (other) {
      const factor = distance(now, other) / Math.max(1, distance(before, other))
      const middle = place((now.x + other.x) / 2, (now.y + other.y) / 2)
      setZoom((was) => zoomedAt(was, factor, middle.x, middle.y))
    } else if (zoomed) {
      const rect = box.getBoundingClientRect()
      setZoom((was) => panned(was, (now.x - before.x) / rect.width, (now.y - before.y) / rect.height))
    }
  }

  const onPointerUp = (event: Pointed) => {
    pointers.current.delete(event.pointerId)
    if (event.pointerType !== 'touch') return
    const last = tapped.current
    const again = event.timeStamp - last.at < DOUBLE_TAP_MS
    if (again && zoomed && distance(last, { x: event.clientX, y: event.clientY }) < TAP_PX) {
      setZoom(WHOLE)
      resetAt.current = event.timeStamp
    }
    tapped.current = { at: event.timeStamp, x: event.clientX, y: event.clientY }
  }

  return {
    zoomed,
    scale: zoom.scale,
    reset: () => setZoom(WHOLE),
    /** A double click shows the whole picture again; what it does else is `otherwise`. */
    onDoubleClick: (event: MouseEvent, otherwise?: () => void) => {
      if (zoomed) setZoom(WHOLE)
      // Browsers that make a double click of a double tap send it after the taps.
      else if (event.timeStamp - resetAt.current > DOUBLE_TAP_MS) otherwise?.()
    },
    style: {
      transform: transformOf(zoom),
      transformOrigin: '0 0',
      touchAction: zoomed ? 'none' : 'pan-y',
    } as const,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp },
  }
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y)
}
