import 'uplot/dist/uPlot.min.css'
import { useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import { clockTime, dayName } from '@/words/format'
import classes from './Health.module.css'

interface Props {
  title: string
  /** Seconds. */
  times: number[]
  /** Null where nothing was measured: the line breaks. */
  values: (number | null)[]
  format: (value: number) => string
  /** It counts something: the axis has no steps between two whole numbers. */
  whole?: boolean
  /** A CSS variable. */
  colour: string
  zone: string
}

const HEIGHT = 140
const WHOLE_STEPS = [1, 2, 5]
  .flatMap((step) => [1, 10, 100, 1e3, 1e4, 1e5, 1e6].map((by) => step * by))
  .sort((a, b) => a - b)

/** One measure over time. Charts of one page share their cursor. */
export function Chart({ title, times, values, format, whole = false, colour, zone }: Props) {
  const { ref: box, width } = useElementSize<HTMLDivElement>()
  const plot = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot | null>(null)
  const scheme = useComputedColorScheme('dark')
  const [under, setUnder] = useState<number | null>(null)

  const data = useRef<uPlot.AlignedData>([times, values])
  useEffect(() => {
    data.current = [times, values]
    chart.current?.setData(data.current)
  }, [times, values])

  useEffect(() => {
    if (!plot.current || width === 0) return
    const style = getComputedStyle(plot.current)
    const read = (name: string) => style.getPropertyValue(name).trim()
    const axis = {
      stroke: read('--v-text-2'),
      font: `11px ${style.fontFamily}`,
      grid: { stroke: read('--v-border'), width: 1 },
      ticks: { show: false },
    }
    const made = new uPlot(
      {
        width,
        height: HEIGHT,
        legend: { show: false },
        cursor: { sync: { key: 'health' }, y: false, points: { size: 6 }, drag: { x: false, y: false } },
        scales: { y: { range: (_, low, high) => [Math.min(0, low), high > 0 ? high * 1.15 : 1] } },
        series: [
          {},
          { stroke: read(colour), width: 1.5, fill: `color-mix(in srgb, ${read(colour)} 12%, transparent)` },
        ],
        axes: [
          {
            ...axis,
            space: 70,
            size: 28,
            values: (_, ticks) => ticks.map((at) => axisLabel(at * 1000, ticks, zone)),
          },
          {
            ...axis,
            ...(whole ? { incrs: WHOLE_STEPS } : {}),
            size: 64,
            space: 36,
            values: (_, ticks) => ticks.map(format),
          },
        ],
        tzDate: (at) => uPlot.tzDate(new Date(at * 1000), zone),
        hooks: { setCursor: [(self) => setUnder(self.cursor.idx ?? null)] },
      },
      data.current,
      plot.current,
    )
    chart.current = made
    return () => {
      chart.current = null
      made.destroy()
    }
  }, [width, scheme, colour, zone, format, whole])

  const known = values.filter((value): value is number => value !== null)
  const shown = under === null ? values.findLast((value) => value !== null) : values[under]
  const at = under === null ? undefined : times[under]
  return (
    <figure className={classes.chart} ref={box}>
      <figcaption className={classes.head}>
        <h3>{title}</h3>
        <span className="meta tabular">
          {at !== undefined && `${clockTime(at * 1000, zone, 'minute')} `}
          {shown === null || shown === undefined ? 'not connected' : format(shown)}
        </span>
      </figcaption>
      <div
        ref={plot}
        className={classes.plot}
        role="img"
        aria-label={
          known.length
            ? `${title}: lowest ${format(Math.min(...known))}, highest ${format(Math.max(...known))}`
            : `${title}: nothing measured`
        }
      />
    </figure>
  )
}

function axisLabel(at: number, ticks: number[], zone: string): string {
  const wide = ((ticks.at(-1) ?? 0) - (ticks[0] ?? 0)) / Math.max(1, ticks.length - 1) >= 86_400
  return wide ? dayName(at, zone) : clockTime(at, zone, 'minute')
}
