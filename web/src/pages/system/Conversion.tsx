import { Skeleton, Table } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api } from '@/api/client'
import { keys } from '@/api/queries'
import type { Encoders } from '@/api/types'
import { Section } from '@/parts/Section'
import { StateMark } from '@/parts/StateMark'
import { count, frameRate } from '@/words/format'
import classes from './SystemPage.module.css'

const encodersQuery = queryOptions({
  queryKey: keys.encoders,
  queryFn: ({ signal }) => api.get<Encoders>('/live/encoders', { signal }),
  refetchInterval: 5_000,
})

/** What streams are converted with for viewers that can't play them, and which are now. */
export function Conversion() {
  const { data } = useQuery(encodersQuery)
  const note = data && data.limit === 0 ? 'Switched off.' : data && `${data.running} of ${data.limit} in use.`
  return (
    <Section
      title="Conversion"
      note={`Streams that a viewer can't play are converted while somebody watches them. ${note ?? ''}`}
    >
      {!data ? (
        <Skeleton height={120} />
      ) : (
        <Table className={classes.table} horizontalSpacing={16} verticalSpacing={8}>
          <Table.Tbody>
            {data.encoders.map((encoder) => (
              <Table.Tr key={encoder.name}>
                <Table.Th scope="row" className={classes.name}>
                  {encoder.label}
                </Table.Th>
                <Table.Td>
                  <StateMark tone={encoder.works ? 'live' : 'idle'} />{' '}
                  {encoder.works ? count(encoder.in_use, 'stream') : `not here: ${encoder.why}`}
                </Table.Td>
              </Table.Tr>
            ))}
            {data.transcodes.map((one) => (
              <Table.Tr key={`${one.camera_id} ${one.stream} ${one.quality}`}>
                <Table.Th scope="row" className={classes.name}>
                  {one.camera}
                </Table.Th>
                <Table.Td>
                  {one.failure ||
                    [
                      one.width ? `${one.width} × ${one.height}` : one.quality,
                      frameRate(one.fps),
                      `${Math.round(one.latency_ms)} ms later`,
                      `${Math.round(one.cpu)} % of a core`,
                      count(one.viewers, 'viewer'),
                    ].join(', ')}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  )
}
