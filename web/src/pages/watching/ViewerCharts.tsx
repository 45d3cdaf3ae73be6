import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { sumsQuery, type Span, type ViewFilter, type ViewSum } from '@/api/watching'
import { Failure } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { bytes, count, duration } from '@/words/format'
import { HOUR } from '@/words/zone'
import { Chart } from '../cameras/Chart'
import classes from './Watching.module.css'
import { stepOf } from './search'

const whole = (value: number) => String(Math.round(value * 10) / 10)
const hours = (value: number) => (value === 0 ? '0' : duration(value * HOUR))

/** How many watched over time, and for how long all together. */
export function ViewerCharts({ filter, span, zone }: { filter: ViewFilter; span: Span; zone: string }) {
  const step = stepOf(span)
  const sums = useQuery({ ...sumsQuery(filter, span, step, zone), placeholderData: (before) => before })
  const data = sums.data
  if (sums.error && !data) return <Failure error={sums.error} onRetry={() => void sums.refetch()} />
  if (!data) return <Skeleton height={180} />
  const times = data.map(({ start }) => Date.parse(start) / 1000)
  return (
    <Section title="Viewers over time" note={`By ${step}: ${total(data)}`}>
      <div className={classes.charts}>
        <Chart
          title="Most at once"
          times={times}
          values={data.map(({ peak }) => peak)}
          format={whole}
          colour="--v-accent"
          zone={zone}
        />
        <Chart
          title="Watched by all together"
          times={times}
          values={data.map(({ hours: watched }) => watched)}
          format={hours}
          colour="--v-hold"
          zone={zone}
        />
      </div>
    </Section>
  )
}

function total(sums: ViewSum[]): string {
  const add = (value: (sum: ViewSum) => number) => sums.reduce((all, one) => all + value(one), 0)
  return `${count(
    add(({ views }) => views),
    'view',
  )}, ${hours(add(({ hours: watched }) => watched))}, ${bytes(add(({ bytes: sent }) => sent))}.`
}
