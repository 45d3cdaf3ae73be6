import { useEffect, useRef, useState, type PointerEvent as Press } from 'react'

/** A camera on its way to a place: from the list, or from another place. */
export interface Carried {
  camera: string
  from: number | null
}

export interface Carrying extends Carried {
  x: number
  y: number
  /** The place under the pointer. */
  over: number | null
}

// A press that moves less is a click.
const SLACK_PX = 6

/**
 * Drag and drop by pointer events: mouse, pen and touch alike. What can be dragged calls `press`; places carry
 * `data-place`. A finger drags only by a `data-grip`, for elsewhere it scrolls.
 */
export function useCarry(onDrop: (carried: Carried, place: number) => void) {
  const [carrying, setCarrying] = useState<Carrying | null>(null)
  const end = useRef<(() => void) | null>(null)
  const dropped = useRef(onDrop)
  useEffect(() => {
    dropped.current = onDrop
  })
  useEffect(() => () => end.current?.(), [])

  const press = (event: Press, carried: Carried) => {
    const target = event.target as Element
    if (event.button !== 0 || target.closest('select, [data-no-drag]')) return
    if (event.pointerType === 'touch' && !target.closest('[data-grip]')) return
    const { clientX, clientY, pointerId } = event
    let now: Carrying | null = null
    const move = (moved: PointerEvent) => {
      if (moved.pointerId !== pointerId) return
      if (!now && Math.hypot(moved.clientX - clientX, moved.clientY - clientY) < SLACK_PX) return
      now = { ...carried, x: moved.clientX, y: moved.clientY, over: placeAt(moved.clientX, moved.clientY) }
      setCarrying(now)
    }
    const up = (released: PointerEvent) => {
      if (released.pointerId !== pointerId) return
      const place = now && released.type === 'pointerup' ? placeAt(released.clientX, released.clientY) : null
      if (now) swallowClick()
      stop()
      if (place !== null && place !== carried.from) dropped.current(carried, place)
    }
    const key = (pressed: KeyboardEvent) => {
      if (pressed.key !== 'Escape' || !now) return
      pressed.stopImmediatePropagation()
      stop()
    }
    const stop = () => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', up)
      window.removeEventListener('pointercancel', up)
      window.removeEventListener('keydown', key, { capture: true })
      end.current = null
      setCarrying(null)
    }
    end.current?.()
    end.current = stop
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', up)
    window.addEventListener('pointercancel', up)
    window.addEventListener('keydown', key, { capture: true })
  }
  return { carrying, press }
}

function placeAt(x: number, y: number): number | null {
  const place = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-place]')?.dataset.place
  return place === undefined ? null : Number(place)
}

/** The click that follows a drag is none. */
function swallowClick(): void {
  const swallow = (event: Event) => event.stopPropagation()
  window.addEventListener('click', swallow, { capture: true, once: true })
  window.setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 0)
}
