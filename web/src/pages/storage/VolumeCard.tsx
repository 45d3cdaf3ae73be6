import { Button, Group } from '@mantine/core'
import { IconAlertTriangleFilled, IconCircleCheckFilled } from '@tabler/icons-react'
import { useState } from 'react'
import { Allowed } from '@/access/useAccess'
import type { StorageStats, Volume } from '@/api/types'
import { volumeTrouble } from '@/words/attention'
import { bytes, moment } from '@/words/format'
import { promise } from '@/words/promise'
import { aboutDays, diskDaily, diskRoom, disks } from '@/words/stay'
import { BucketAccess } from './BucketAccess'
import classes from './VolumeCard.module.css'
import { VolumeEdit } from './VolumeEdit'
import { VolumeRemove } from './VolumeRemove'

const STATES: Record<string, string> = {
  ok: 'In order',
  missing: 'Not there',
  foreign: 'Not this volume',
  read_only: 'Read only',
  full: 'Full',
  failing: 'Failing',
}

interface Props {
  volume: Volume
  stats: StorageStats
  zone: string
  now: number
}

/** One volume: what is in it, what is free, and how it is. */
export function VolumeCard({ volume, stats, zone, now }: Props) {
  const [editing, setEditing] = useState(false)
  const [access, setAccess] = useState(false)
  const well = volume.state === 'ok'
  const onDisk = disks(stats.volumes).find((disk) => disk.includes(volume)) ?? [volume]
  const others = onDisk.filter((each) => each !== volume)
  const room = diskRoom(onDisk)
  const daily = diskDaily(onDisk)
  return (
    <article className={classes.card} aria-label={`Volume ${volume.name}`} data-state={volume.state}>
      <header className={classes.head}>
        <h3>{volume.name}</h3>
        <span className={classes.state} data-well={well ? '' : undefined}>
          {well ? (
            <IconCircleCheckFilled size={16} aria-hidden />
          ) : (
            <IconAlertTriangleFilled size={16} aria-hidden />
          )}
          {STATES[volume.state] ?? volume.state}
        </span>
      </header>
      <code className={classes.location}>{volume.location}</code>
      {volume.bucket === null && <Bar volume={volume} />}
      {others.length > 0 && (
        <p className="meta">
          On one disk with {others.map(({ name }) => name).join(', ')}: they share its room.
        </p>
      )}
      {!well && (
        <p className={classes.trouble}>
          {volumeTrouble(volume)} Since <time>{moment(Date.parse(volume.state_since), zone, now)}</time>.
        </p>
      )}
      <dl className={classes.facts}>
        <Fact name="Footage" value={bytes(volume.bytes)} />
        {volume.bucket === null && (
          <>
            <Fact name="Room left" value={room === null ? '–' : bytes(room)} />
            <Fact name="Fills in" value={room === null || !daily ? '–' : aboutDays(room / daily)} />
          </>
        )}
        <Fact name="Keeps" value={endless(volume) ? 'without limit' : promise(volume)} />
        {volume.bucket === null ? (
          <Fact name="Kept free" value={`${volume.headroom_percent} %`} />
        ) : (
          <Fact
            name="Players fetch it"
            value={
              volume.bucket.delivery === 'browser' && !volume.bucket.detour_at
                ? 'from the bucket'
                : 'through Vedette'
            }
          />
        )}
        <Fact
          name="Oldest"
          value={volume.oldest ? moment(Date.parse(volume.oldest), zone, now, 'minute') : '–'}
        />
      </dl>
      {volume.bucket?.detour_at && (
        <p className="meta" role="status">
          Players are to read in the bucket itself, but at{' '}
          {moment(Date.parse(volume.bucket.detour_at), zone, now)} a browser could not: it gets the footage
          through Vedette instead. Look at the bucket’s CORS rule, and whether browsers reach its endpoint and
          trust its certificate; then save Access again.
        </p>
      )}
      <Allowed permission="storage.manage">
        <Group justify="flex-end">
          {volume.files === 0 && stats.volumes.length > 1 && <VolumeRemove volume={volume} />}
          {volume.bucket !== null && (
            <Button variant="default" onClick={() => setAccess(true)}>
              Access
            </Button>
          )}
          <Button variant="default" onClick={() => setEditing(true)}>
            Edit
          </Button>
        </Group>
      </Allowed>
      {access && volume.bucket !== null && (
        <BucketAccess volume={volume} bucket={volume.bucket} onClose={() => setAccess(false)} />
      )}
      {editing && <VolumeEdit volume={volume} onClose={() => setEditing(false)} />}
    </article>
  )
}

/** A bucket runs out of no room, so that without limits nothing goes. */
function endless({ bucket, keep_days, keep_bytes }: Volume): boolean {
  return bucket !== null && keep_days === null && keep_bytes === null
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="tabular">{value}</dd>
    </div>
  )
}

/** Footage, other files, free, and the part that stays free. */
function Bar({ volume }: { volume: Volume }) {
  const { total_bytes: total, free_bytes: free } = volume
  if (total === null || free === null || total === 0)
    return <div className={classes.bar} role="img" aria-label="The disk cannot be asked" />
  const share = (value: number) => `${Math.min(100, (100 * Math.max(0, value)) / total)}%`
  const other = Math.max(0, total - free - volume.bytes)
  return (
    <div>
      <div
        className={classes.bar}
        role="img"
        aria-label={`${bytes(volume.bytes)} footage, ${bytes(other)} other files, ${bytes(free)} free of ${bytes(total)}`}
      >
        <i className={classes.footage} style={{ width: share(volume.bytes) }} />
        <i className={classes.other} style={{ width: share(other) }} />
        <i className={classes.reserve} style={{ width: `${volume.headroom_percent}%` }} />
      </div>
      <div className={`${classes.legend ?? ''} meta tabular`} aria-hidden>
        <span>
          <i className={classes.footage} /> footage {bytes(volume.bytes)}
        </span>
        <span>
          <i className={classes.other} /> other {bytes(other)}
        </span>
        <span>
          <i className={classes.free} /> free {bytes(free)} of {bytes(total)}
        </span>
        {volume.headroom_percent > 0 && (
          <span>
            <i className={classes.kept} /> kept free
          </span>
        )}
      </div>
    </div>
  )
}
