import { useViewportSize } from '@mantine/hooks'
import { useState } from 'react'
import { ROW_PX, RULER_PX } from '@/timeline/paint'

/** The person's height, else what the rows need but at most two fifths of what is `available`. */
export function useTimelineHeight(rows: number, available: number): [number, (height: number) => void] {
  const [chosen, setChosen] = useState<number | null>(null)
  const { width } = useViewportSize()
  const wanted = RULER_PX + rows * ROW_PX
  const usual = Math.min(
    wanted,
    Math.max(RULER_PX + 2 * ROW_PX, (available || 800) * (width < 768 ? 0.5 : 0.4)),
  )
  return [Math.round(chosen ?? usual), setChosen]
}
