import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { address } from '@/api/client'
import { useTicketed } from '@/player/tickets/useTicketed'
import type { Step } from './find'
import classes from './Preview.module.css'
import type { Found, PreviewStore } from './store'

// Pictures of neighbouring pixels are the same picture: whole steps make the browser's cache answer.
const STEP_MS = 2_000

interface Props {
  store: PreviewStore
  camera: string
  at: number
  step: Step
}

/** The picture of an instant: from a sheet at once, else a single one of it. The last one stays until there is another. */
export function Preview({ store, camera, at, step }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [found, setFound] = useState<Found>(null)
  useEffect(() => {
    const look = () => {
      const now = store.find(camera, at, step)
      setFound((before) => (same(before, now) ? before : now))
    }
    look()
    return store.subscribe(look)
  }, [store, camera, at, step])
  useEffect(() => {
    const target = canvas.current
    if (!target || !found || found === 'none') return
    const { x, y, width, height } = found.place
    target.width = width
    target.height = height
    target.getContext('2d')?.drawImage(found.image, x, y, width, height, 0, 0, width, height)
  }, [found])
  return (
    <div className={classes.preview} data-part="preview">
      <canvas ref={canvas} data-at={found && found !== 'none' ? at : undefined} />
      {found === 'none' && <Single camera={camera} at={Math.floor(at / STEP_MS) * STEP_MS} />}
    </div>
  )
}

function same(a: Found, b: Found): boolean {
  if (a === null || b === null || a === 'none' || b === 'none') return a === b
  return a.image === b.image && a.place.x === b.place.x && a.place.y === b.place.y
}

/** Of a file that is still written, or has no sheet. */
function Single({ camera, at }: { camera: string; at: number }) {
  const [settled] = useDebouncedValue(at, 60)
  const [shown, setShown] = useState<string | null>(null)
  const url = useTicketed(
    address(`/cameras/${camera}/snapshot.jpg`, {
      width: 320,
      missing: 'empty',
      at: new Date(settled).toISOString(),
    }),
    { camera, kind: 'still', range: { start: settled, end: settled } },
  )
  return (
    <>
      {shown && <img src={shown} alt="" />}
      {url && <img src={url} alt="" hidden onLoad={() => setShown(url)} onError={() => setShown(null)} />}
    </>
  )
}
