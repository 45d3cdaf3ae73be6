import { Table } from '@mantine/core'
import type { System } from '@/api/types'
import { StateMark } from '@/parts/StateMark'
import { count, moment } from '@/words/format'
import classes from './Processes.module.css'
import { processes } from './rows'

/** Every process with its state, since when, and how often it was started again. */
export function Processes({ system, zone, now }: { system: System; zone: string; now: number }) {
  const rows = processes(system)
  if (rows.length === 0) return <p>No recorder runs. Start one with “vedette recorder”.</p>
  return (
    <Table className={classes.table} horizontalSpacing={16} verticalSpacing={8}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th>State</Table.Th>
          <Table.Th>Since</Table.Th>
          <Table.Th className={classes.optional}>Restarts</Table.Th>
          <Table.Th className={classes.optional}>Process</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.name}>
            <Table.Td>{row.name}</Table.Td>
            <Table.Td className={classes.state}>
              <StateMark tone={row.tone} /> <span>{row.state}</span>
              {(row.restarts ?? 0) > 0 && (
                <div className={`${classes.narrow ?? ''} meta`}>
                  {count(row.restarts ?? 0, 'restart')}
                  {row.lastExit && `, last: ${row.lastExit}`}
                </div>
              )}
            </Table.Td>
            <Table.Td className="tabular">
              {row.since === null ? '–' : <time>{moment(row.since, zone, now)}</time>}
            </Table.Td>
            <Table.Td className={`${classes.optional ?? ''} tabular`}>
              {row.restarts === null ? '–' : row.restarts}
              {row.lastExit && <div className="meta">last: {row.lastExit}</div>}
            </Table.Td>
            <Table.Td className={classes.optional}>{row.pid ?? ''}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
