import { Table } from '@mantine/core'
import type { PastView } from '@/api/watching'
import table from '@/parts/DataTable.module.css'
import { useNow, useZone } from '@/state/hooks'
import { bytes, duration, moment } from '@/words/format'
import { Viewer } from './Viewer'
import { endWords, latencyWords, qualityWords, stallWords, transportWords } from './words'

/** Views that have ended, those that began last first. */
export function PastViews({ views }: { views: PastView[] }) {
  const zone = useZone()
  const now = useNow(60_000)
  return (
    <Table className={table.table} horizontalSpacing={12} verticalSpacing={8}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Who</Table.Th>
          <Table.Th>Camera</Table.Th>
          <Table.Th className={table.optional}>When</Table.Th>
          <Table.Th className={table.optional}>By</Table.Th>
          <Table.Th className={table.wide}>Latency</Table.Th>
          <Table.Th className={table.wide}>Stalls</Table.Th>
          <Table.Th className={table.optional}>How it ended</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {views.map((view) => {
          const start = Date.parse(view.start)
          const lasted = duration(Math.max(0, Date.parse(view.end) - start))
          return (
            <Table.Tr key={view.id}>
              <Table.Td>
                <Viewer view={view} />
              </Table.Td>
              <Table.Td>
                {view.camera_name}
                <div className="meta">{qualityWords(view)}</div>
                <div className={`${table.narrow ?? ''} meta tabular`}>
                  {moment(start, zone, now, 'minute')}, {lasted}, {transportWords(view.transport)}
                  <br />
                  {endWords(view)}
                </div>
              </Table.Td>
              <Table.Td className={`${table.optional ?? ''} tabular`}>
                <time dateTime={view.start}>{moment(start, zone, now)}</time>
                <div className="meta">
                  {view.exact ? '' : 'at least '}
                  {lasted}
                </div>
              </Table.Td>
              <Table.Td className={`${table.optional ?? ''} tabular`}>
                {transportWords(view.transport)}
                <div className="meta">{bytes(view.bytes)}</div>
              </Table.Td>
              <Table.Td className={`${table.wide ?? ''} tabular`}>
                {latencyWords(view.median_latency_ms)}
              </Table.Td>
              <Table.Td className={`${table.wide ?? ''} tabular`}>{stallWords(view.stalls)}</Table.Td>
              <Table.Td className={table.optional}>{endWords(view)}</Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}
