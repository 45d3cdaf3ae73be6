import { Checkbox, Table } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { IconLock, IconPhotoOff } from '@tabler/icons-react'
import { useState, type CSSProperties } from 'react'
import { address } from '@/api/client'
import type { Recording } from '@/api/types'
import table from '@/parts/DataTable.module.css'
import { useTicketed } from '@/player/tickets/useTicketed'
import { useNow, useZone } from '@/state/hooks'
import { causeLook } from '@/timeline/causes'
import { bytes, duration, moment } from '@/words/format'
import classes from './Recordings.module.css'
import type { Named } from './RecordingsPage'

interface Props {
  items: Recording[]
  names: ReadonlyMap<string, Named>
  picked: ReadonlySet<string>
  deletable: (one: Recording) => boolean
  onPick: (ids: string[], on: boolean) => void
}

/** Newest first; each leads to its first picture in the player. */
export function RecordingsTable({ items, names, picked, deletable, onPick }: Props) {
  const zone = useZone()
  const now = useNow(60_000)
  const open = items.filter(deletable).map(({ id }) => id)
  const all = open.length > 0 && open.every((id) => picked.has(id))
  return (
    <Table
      className={`${table.table ?? ''} ${classes.table ?? ''}`}
      horizontalSpacing={12}
      verticalSpacing={6}
    >
      <Table.Thead>
        <Table.Tr>
          {open.length > 0 && (
            <Table.Th className={classes.pick}>
              <Checkbox
                aria-label="Choose all that are shown"
                checked={all}
                indeterminate={!all && open.some((id) => picked.has(id))}
                onChange={() => onPick(open, !all)}
              />
            </Table.Th>
          )}
          <Table.Th className={classes.first}>Picture</Table.Th>
          <Table.Th>Recording</Table.Th>
          <Table.Th className={table.optional}>Length</Table.Th>
          <Table.Th className={table.optional}>Size</Table.Th>
          <Table.Th className={table.optional}>Stream</Table.Th>
          <Table.Th className={table.optional}>About it</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((one) => {
          const start = Date.parse(one.start)
          const camera = names.get(one.camera_id)
          const when = moment(start, zone, now)
          return (
            <Table.Tr key={one.id}>
              {open.length > 0 && (
                <Table.Td className={classes.pick}>
                  {deletable(one) && (
                    <Checkbox
                      aria-label={`Choose ${camera?.name ?? 'recording'}, ${when}`}
                      checked={picked.has(one.id)}
                      onChange={() => onPick([one.id], !picked.has(one.id))}
                    />
                  )}
                </Table.Td>
              )}
              <Table.Td className={classes.first}>
                <Picture camera={one.camera_id} at={start} />
              </Table.Td>
              <Table.Td>
                <Link
                  to="/playback"
                  search={{ ...(camera ? { camera: camera.slug } : {}), at: one.start }}
                  className={table.main}
                >
                  {camera?.name ?? 'Camera'}
                </Link>
                <div className="tabular">
                  <time dateTime={one.start}>{when}</time>
                </div>
                <div className={`${table.narrow ?? ''} meta tabular`}>
                  {duration(one.duration_ms)}, {bytes(one.bytes)}
                  {one.stream === 'sub' && ', sub-stream'}
                  <Marks one={one} />
                </div>
              </Table.Td>
              <Table.Td className={`${table.optional ?? ''} tabular`}>{duration(one.duration_ms)}</Table.Td>
              <Table.Td className={`${table.optional ?? ''} tabular`}>{bytes(one.bytes)}</Table.Td>
              <Table.Td className={table.optional}>
                {one.stream === 'sub' ? 'Sub' : 'Main'}
                {one.height !== null && <span className="meta tabular"> {one.height}p</span>}
              </Table.Td>
              <Table.Td className={table.optional}>
                <Marks one={one} />
              </Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}

function Marks({ one }: { one: Recording }) {
  return (
    <div className={classes.marks}>
      {one.held && (
        <span className={`${classes.mark ?? ''} ${classes.hold ?? ''}`}>
          <IconLock size={14} aria-hidden />
          On hold
        </span>
      )}
      {one.state === 'open' && <span className={classes.mark}>Still written</span>}
      {one.state === 'damaged' && <span className={classes.mark}>Damaged</span>}
      {one.gap_before && <Cause cause={one.gap_before} where="Gap before: " />}
      {one.gap_after && <Cause cause={one.gap_after} where="Gap after: " />}
    </div>
  )
}

/** A cause with its colour, and always in words. */
export function Cause({ cause, where = '' }: { cause: string; where?: string }) {
  const look = causeLook(cause)
  return (
    <span className={classes.mark} title={look.text}>
      <i style={{ '--cause': `var(${look.colour})` } as CSSProperties} aria-hidden />
      {where}
      {where ? look.label.toLowerCase() : look.label}
    </span>
  )
}

function Picture({ camera, at }: { camera: string; at: number }) {
  const [failed, setFailed] = useState(false)
  const url = useTicketed(
    address(`/cameras/${camera}/snapshot.jpg`, {
      width: 224,
      missing: 'empty',
      at: new Date(at).toISOString(),
    }),
    { camera, kind: 'still', range: { start: at, end: at } },
  )
  return (
    <div className={classes.picture} data-part="picture">
      {failed && <IconPhotoOff size={20} stroke={1.25} aria-label="No picture" />}
      {url && !failed && <img src={url} alt="" loading="lazy" onError={() => setFailed(true)} />}
    </div>
  )
}
