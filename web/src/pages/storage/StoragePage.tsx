import { Button, Skeleton, Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconDatabaseOff, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { Allowed } from '@/access/useAccess'
import { camerasQuery, removedQuery, storageQuery } from '@/api/queries'
import type { Camera, StorageStats } from '@/api/types'
import { Empty, Failure } from '@/parts/Notice'
import { Page } from '@/parts/Page'
import { Section } from '@/parts/Section'
import { useNow, useZone } from '@/state/hooks'
import { bytes, count, duration, moment } from '@/words/format'
import { promise } from '@/words/promise'
import { BucketAdd } from './BucketAdd'
import { Moves } from './Moves'
import classes from './StoragePage.module.css'
import { VolumeAdd } from './VolumeAdd'
import { VolumeCard } from './VolumeCard'

/** Where footage lies, how much of it, and how long it stays. */
export function StoragePage() {
  const storage = useQuery(storageQuery)
  const cameras = useQuery(camerasQuery)
  const zone = useZone()
  const now = useNow(30_000)
  const [adding, setAdding] = useState(false)
  const [bucket, setBucket] = useState(false)
  const stats = storage.data
  return (
    <Page
      title="Storage"
      note={
        stats && stats.files > 0
          ? `${bytes(stats.bytes)} in ${count(stats.files, 'file')}${stats.oldest ? `, since ${moment(Date.parse(stats.oldest), zone, now, 'minute')}` : ''}`
          : undefined
      }
      actions={
        <Allowed permission="storage.manage">
          <Button variant="default" onClick={() => setBucket(true)}>
            Add bucket
          </Button>
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            Add volume
          </Button>
        </Allowed>
      }
    >
      {storage.error && !stats && <Failure error={storage.error} onRetry={() => void storage.refetch()} />}
      <Section
        title="Volumes"
        note="The directories that footage is written to, and the buckets that it is moved to."
      >
        {!stats && !storage.error && <Skeleton height={140} />}
        {stats?.volumes.length === 0 && (
          <Empty icon={<IconDatabaseOff size={40} stroke={1.25} />} title="No volume">
            Without one nothing can be recorded. Add a directory on a disk with room.
          </Empty>
        )}
        <div className={classes.volumes}>
          {stats?.volumes.map((volume) => (
            <VolumeCard key={volume.id} volume={volume} stats={stats} zone={zone} now={now} />
          ))}
        </div>
      </Section>
      {stats && (
        <Allowed permission="storage.manage">
          <Moves volumes={stats.volumes} />
        </Allowed>
      )}
      {stats && cameras.data && stats.cameras.length > 0 && (
        <Section title="Cameras" note="What each takes, largest first.">
          <Usage stats={stats} cameras={cameras.data} zone={zone} now={now} />
        </Section>
      )}
      <BucketAdd opened={bucket} onClose={() => setBucket(false)} />
      <VolumeAdd
        opened={adding}
        onClose={() => setAdding(false)}
        taken={stats?.volumes.map(({ name }) => name) ?? []}
      />
    </Page>
  )
}

interface UsageProps {
  stats: StorageStats
  cameras: Camera[]
  zone: string
  now: number
}

function Usage({ stats, cameras, zone, now }: UsageProps) {
  const removed = useQuery(removedQuery).data
  const rows = [...stats.cameras].sort((a, b) => b.bytes - a.bytes)
  const most = Math.max(1, ...rows.map((row) => row.bytes))
  return (
    <Table className={classes.table} horizontalSpacing={16} verticalSpacing={8}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Camera</Table.Th>
          <Table.Th className={classes.amount}>On disk</Table.Th>
          <Table.Th className={classes.optional}>Files</Table.Th>
          <Table.Th>Reaches back</Table.Th>
          <Table.Th className={classes.optional}>Keeps</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => {
          const camera = cameras.find((each) => each.id === row.camera_id)
          const oldest = row.oldest ? Date.parse(row.oldest) : null
          return (
            <Table.Tr key={row.camera_id}>
              <Table.Td>
                {camera ? (
                  <Link to="/cameras/$slug" params={{ slug: camera.slug }} className={classes.camera}>
                    {camera.name}
                  </Link>
                ) : (
                  <span className={classes.gone}>
                    {removed?.find(({ id }) => id === row.camera_id)?.name ?? 'A camera'} (removed)
                  </span>
                )}
              </Table.Td>
              <Table.Td className={classes.amount}>
                <div className={classes.share}>
                  <span>{bytes(row.bytes)}</span>
                  <i style={{ width: `${(100 * row.bytes) / most}%` }} aria-hidden />
                </div>
              </Table.Td>
              <Table.Td className={classes.optional}>{row.files.toLocaleString('en-GB')}</Table.Td>
              <Table.Td>
                <span className={classes.whole}>{oldest === null ? '–' : duration(now - oldest)}</span>
                <div className="meta">{oldest === null ? '' : moment(oldest, zone, now, 'minute')}</div>
              </Table.Td>
              <Table.Td className={classes.optional}>
                {camera ? promise(camera) : 'until its time is up'}
              </Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}
