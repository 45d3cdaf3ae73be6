import { useEffect, useRef } from 'react'
import { clockTime, dayName } from '@/words/format'

/** The instant of the shown frame, to the millisecond. Written past React: it changes with every frame. */
export function WallClock({ wallMs, zone }: { wallMs: () => number | null; zone: string }) {
  const time = useRef<HTMLTimeElement>(null)
  const day = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    let frame = 0
    let shown: number | null = -1
    const draw = () => {
      frame = requestAnimationFrame(draw)
      const at = wallMs()
      if (at === shown) return
      shown = at
      if (day.current) day.current.textContent = at === null ? '' : dayName(at, zone, true)
      if (!time.current) return
      time.current.textContent = at === null ? '––:––:––.–––' : clockTime(at, zone, 'ms')
      time.current.dateTime = at === null ? '' : new Date(at).toISOString()
    }
    draw()
    return () => cancelAnimationFrame(frame)
  }, [wallMs, zone])
  return (
    <span data-part="wall-clock">
      <span ref={day} className="meta tabular" /> <time ref={time} />
    </span>
  )
}
