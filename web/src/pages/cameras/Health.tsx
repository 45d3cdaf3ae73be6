import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { healthQuery, type HealthRange } from '@/api/queries'
import type { Camera, HealthPoint, HealthSeries } from '@/api/types'
import { Failure } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { bitrate, frameRate } from '@/words/format'
import { Chart } from './Chart'
import classes from './Health.module.css'

interface Series {
  title: string
  value: (point: HealthPoint) => number | null
  format: (value: number) => string
  /** It counts something. */
  whole?: boolean
  colour: string
}

const connected = (point: HealthPoint, value: number) => (point.connected_s > 0 ? value : null)

const SERIES: Series[] = [
  {
    title: 'Frame rate',
    value: (point) => connected(point, point.fps),
    format: frameRate,
    colour: '--v-accent',
  },
  {
    title: 'Bit rate',
    value: (point) => connected(point, point.bitrate),
    format: bitrate,
    colour: '--v-accent',
  },
  {
    title: 'Jitter',
    value: (point) => connected(point, point.jitter_ms),
    format: (value) => `${Math.round(value * 10) / 10} ms`,
    colour: '--v-hold',
  },
  {
    title: 'Lost packets',
    value: (point) => point.lost_packets,
    format: (value) => String(Math.round(value)),
    whole: true,
    colour: '--v-degraded',
  },
]

const RANGES: { value: HealthRange; label: string }[] = [
  { value: 'hour', label: 'Hour' },
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
]

/** How well the stream came in. */
export function Health({ camera, zone }: { camera: Camera; zone: string }) {
  const [range, setRange] = useState<HealthRange>('hour')
  const health = useQuery({ ...healthQuery(camera.id, range), placeholderData: (before) => before })
  const points = health.data && onGrid(health.data)
  return (
    <Section
      title="Health"
      actions={
        <SegmentedControl aria-label="Span of the charts" data={RANGES} value={range} onChange={setRange} />
      }
    >
      {health.error && !points && <Failure error={health.error} onRetry={() => void health.refetch()} />}
      {points?.length === 0 && <p className="meta">Nothing was measured in this time.</p>}
      {points && points.length > 0 && (
        <div className={classes.charts}>
          {SERIES.map((series) => (
            <Chart
              key={series.title}
              title={series.title}
              times={points.map(({ at }) => at)}
              values={points.map(({ point }) => (point ? series.value(point) : null))}
              format={series.format}
              whole={series.whole ?? false}
              colour={series.colour}
              zone={zone}
            />
          ))}
        </div>
      )}
    </Section>
  )
}

/** Every step of the span in seconds, so that a time without a recorder is a hole and not a straight line. */
function onGrid(series: HealthSeries): { at: number; point: HealthPoint | undefined }[] {
  const known = new Map(series.points.map((point) => [Date.parse(point.at) / 1000, point]))
  const times = [...known.keys()]
  if (times.length === 0) return []
  const first = Math.min(...times)
  const steps = Math.round((Math.max(...times) - first) / series.step_s)
  return Array.from({ length: steps + 1 }, (_, i) => first + i * series.step_s).map((at) => ({
    at,
    point: known.get(at),
  }))
}
