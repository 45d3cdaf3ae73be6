import { Skeleton, Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { systemQuery } from '@/api/queries'
import { Failure, Notice } from '@/parts/Notice'
import { Page } from '@/parts/Page'
import { Section } from '@/parts/Section'
import { useNow, useZone } from '@/state/hooks'
import { duration } from '@/words/format'
import { Conversion } from './Conversion'
import { Processes } from './Processes'
import classes from './SystemPage.module.css'

/** What runs, and what it warns of. */
export function SystemPage() {
  const system = useQuery({ ...systemQuery, refetchInterval: 5_000 })
  const zone = useZone()
  const now = useNow(1000)
  return (
    <Page title="System" width="text">
      {system.error && <Failure error={system.error} onRetry={() => void system.refetch()} />}
      {system.data?.warnings.map((warning) => (
        <Notice key={warning.code} tone="info">
          {warning.message}
        </Notice>
      ))}
      <Section title="This server">
        {!system.data ? (
          <Skeleton height={140} />
        ) : (
          <Table className={classes.table} layout="fixed" horizontalSpacing={16} verticalSpacing={8}>
            <Table.Tbody>
              <Row name="Version" value={system.data.version} />
              <Row name="Node" value={system.data.node} />
              <Row name="Running for" value={duration(system.data.uptime_s * 1000)} />
              <Row
                name="Listens on"
                value={`${system.data.bind.host}:${system.data.bind.port}${system.data.bind.loopback_only ? ', this machine only' : ''}`}
              />
              <Row
                name="RTSP"
                value={
                  system.data.bind.rtsp.length === 0 ? 'off' : `on port ${system.data.bind.rtsp.join(', ')}`
                }
              />
              <Row name="Time zone of the site" value={system.data.timezone} />
              <Row name="Times are shown in" value={zone} />
            </Table.Tbody>
          </Table>
        )}
      </Section>
      <Section
        title="Processes"
        note="What Vedette runs. Recorders talk to the cameras and write the footage."
      >
        {!system.data ? <Skeleton height={120} /> : <Processes system={system.data} zone={zone} now={now} />}
      </Section>
      <Conversion />
    </Page>
  )
}

function Row({ name, value }: { name: string; value: string }) {
  return (
    <Table.Tr>
      <Table.Th scope="row" className={classes.name}>
        {name}
      </Table.Th>
      <Table.Td>{value}</Table.Td>
    </Table.Tr>
  )
}
