import { type ReactNode } from 'react'
import { Splitter } from '@/parts/Splitter'
import { ROW_PX, RULER_PX } from '@/timeline/paint'
import classes from './Below.module.css'
import { useTimelineHeight } from './useTimelineHeight'

interface Props {
  /** Of the timeline. */
  rows: number
  /** How high picture and timeline are together, pixels. */
  available: number
  children: ReactNode
}

const PICTURE_PX = 200
const LEAST_PX = RULER_PX + ROW_PX

/** The timeline below the picture, as high as the person wants it. */
export function Below({ rows, available, children }: Props) {
  const [height, setHeight] = useTimelineHeight(rows, available)
  return (
    <>
      <Splitter
        value={height}
        min={LEAST_PX}
        max={Math.max(LEAST_PX, available - PICTURE_PX)}
        label="Height of the timeline"
        onChange={setHeight}
      />
      <div style={{ height }} className={classes.timeline} data-part="below">
        {children}
      </div>
    </>
  )
}
