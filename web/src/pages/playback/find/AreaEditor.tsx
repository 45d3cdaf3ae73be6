import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react'
import {
  between,
  byKey,
  fitted,
  MOST_AREAS,
  moved,
  resized,
  tooSmall,
  type Area,
  type Box,
  type Point,
} from './areas'
import classes from './AreaEditor.module.css'

interface Props {
  video: RefObject<HTMLVideoElement | null>
  areas: readonly Area[]
  onAreas: (areas: Area[]) => void
}

type Gesture =
  { kind: 'draw'; from: Point } | { kind: 'move' | 'size'; index: number; from: Point; area: Area }

/** Lies over the picture: areas are drawn on it by hand, and moved and sized by hand or keys. */
export function AreaEditor({ video, areas, onAreas }: Props) {
  const layer = useRef<HTMLDivElement>(null)
  const picture = useRef<HTMLDivElement>(null)
  const box = usePictureBox(video, layer)
  const gesture = useRef<Gesture | null>(null)
  const [drawn, setDrawn] = useState<Area | null>(null)

  const at = (event: PointerEvent): Point => {
    const rect = picture.current?.getBoundingClientRect()
    if (!rect?.width || !rect.height) return { x: 0, y: 0 }
    return { x: (event.clientX - rect.left) / rect.width, y: (event.clientY - rect.top) / rect.height }
  }
  const change = (index: number, area: Area) =>
    onAreas(areas.map((one, other) => (other === index ? area : one)))
  const begin = (event: PointerEvent, started: Gesture) => {
    if (event.button !== 0) return
    event.stopPropagation()
    picture.current?.setPointerCapture(event.pointerId)
    gesture.current = started
  }
  const onMove = (event: PointerEvent) => {
    const now = gesture.current
    if (!now) return
    const to = at(event)
    const [dx, dy] = [to.x - now.from.x, to.y - now.from.y]
    if (now.kind === 'draw') setDrawn(between(now.from, to))
    else change(now.index, (now.kind === 'move' ? moved : resized)(now.area, dx, dy))
  }
  const onUp = () => {
    if (gesture.current?.kind === 'draw' && drawn && !tooSmall(drawn)) onAreas([...areas, drawn])
    gesture.current = null
    setDrawn(null)
  }
  const onKey = (event: KeyboardEvent, index: number) => {
    const area = areas[index]
    if (!area || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Delete' || event.key === 'Backspace') {
      onAreas(areas.filter((_, other) => other !== index))
    } else {
      const next = byKey(area, event.key, event.shiftKey)
      if (!next) return
      change(index, next)
    }
    event.preventDefault()
  }
  return (
    <div ref={layer} className={classes.layer}>
      <div
        ref={picture}
        className={classes.picture}
        style={box}
        data-part="find-picture"
        onPointerDown={(event) => {
          if (areas.length < MOST_AREAS) begin(event, { kind: 'draw', from: at(event) })
        }}
        onPointerMove={onMove}
        onPointerUp={onUp}
        onPointerCancel={() => {
          gesture.current = null
          setDrawn(null)
        }}
      >
        {areas.map((area, index) => (
          <button
            key={index}
            type="button"
            className={classes.area}
            style={placed(area)}
            aria-label={nameOf(area, index)}
            onPointerDown={(event) => {
              event.currentTarget.focus()
              begin(event, { kind: 'move', index, from: at(event), area })
            }}
            onKeyDown={(event) => onKey(event, index)}
          >
            <span
              className={classes.corner}
              aria-hidden
              onPointerDown={(event) => begin(event, { kind: 'size', index, from: at(event), area })}
            />
          </button>
        ))}
        {drawn && <div className={classes.drawn} style={placed(drawn)} />}
      </div>
    </div>
  )
}

const percent = (value: number) => `${(value * 100).toFixed(2)}%`

function placed({ x, y, width, height }: Area) {
  return { left: percent(x), top: percent(y), width: percent(width), height: percent(height) }
}

function nameOf({ x, y, width, height }: Area, index: number): string {
  const whole = (value: number) => `${Math.round(value * 100)} %`
  return `Area ${index + 1}: ${whole(x)} from the left, ${whole(y)} from the top, ${whole(width)} wide, ${whole(height)} high`
}

/** Where the picture itself is within the layer: beside it there may be black, and it may be enlarged. */
function usePictureBox(
  video: RefObject<HTMLVideoElement | null>,
  layer: RefObject<HTMLDivElement | null>,
): Box {
  const [box, setBox] = useState<Box>({ left: 0, top: 0, width: 0, height: 0 })
  useEffect(() => {
    let frame = 0
    const look = () => {
      frame = requestAnimationFrame(look)
      if (!video.current || !layer.current) return
      const shown = video.current.getBoundingClientRect()
      const own = layer.current.getBoundingClientRect()
      const whole = {
        left: shown.left - own.left,
        top: shown.top - own.top,
        width: shown.width,
        height: shown.height,
      }
      const next = fitted(whole, video.current.videoWidth, video.current.videoHeight)
      setBox((before) => (same(before, next) ? before : next))
    }
    look()
    return () => cancelAnimationFrame(frame)
  }, [video, layer])
  return box
}

function same(a: Box, b: Box): boolean {
  return a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height
}
