import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Camera, Coverage, StorageStats } from '@/api/types'
import { bitrate, bytes, count } from '@/words/format'
import { SHARE_MEANS, shareName, together } from '@/words/share'
import { aboutDays, dailyBytes, totalRoom } from '@/words/stay'
import classes from './Tiles.module.css'

interface Props {
  cameras: Camera[] | undefined
  /** Null for who may not see it. */
  storage: StorageStats | undefined | null
  coverage: Coverage | undefined
}

/** Four figures that say whether all is well. */
export function Tiles({ cameras, storage, coverage }: Props) {
  return (
    <div className={classes.tiles} data-two={storage === null ? '' : undefined}>
      <Tile title="Recording">{cameras && <RecordingNow cameras={cameras} />}</Tile>
      <Tile title="Recorded in 24 h">{coverage && <Recorded coverage={coverage} />}</Tile>
      {storage !== null && (
        <>
          <Tile title="Footage">
            {storage && (
              <>
                <strong className="tabular">{bytes(storage.bytes)}</strong>
                <span className="meta">{count(storage.files, 'file')}</span>
              </>
            )}
          </Tile>
          <Tile title="Room left">{storage && <Room storage={storage} />}</Tile>
        </>
      )}
    </div>
  )
}

function Tile({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={classes.tile}>
      <h2 className={classes.title}>{title}</h2>
      {children || <Skeleton height={44} />}
    </div>
  )
}

function RecordingNow({ cameras }: { cameras: Camera[] }) {
  const recording = cameras.filter((camera) => camera.status.main?.state === 'recording')
  const down = cameras.filter(({ enabled, status }) =>
    enabled ? ['waiting', 'blocked'].includes(status.main?.state ?? '') : false,
  ).length
  const rate = recording.reduce((sum, camera) => sum + (camera.status.main?.bitrate ?? 0), 0)
  return (
    <>
      <strong className="tabular">
        {recording.length} <small>of {cameras.length}</small>
      </strong>
      <span className="meta tabular" data-tone={down ? 'down' : undefined}>
        {down ? `${count(down, 'camera')} without connection` : bitrate(rate)}
      </span>
    </>
  )
}

function Recorded({ coverage }: { coverage: Coverage }) {
  const known = coverage.cameras
  const worst = known.reduce((least, camera) => Math.min(least, camera.percent ?? 100), 100)
  const missing = known.length > 1 ? `least of one camera: ${shareName(worst)}` : 'of what was to be recorded'
  return (
    <>
      <strong className="tabular" title={SHARE_MEANS}>
        {shareName(together(known))}
      </strong>
      <span className="meta tabular">{worst >= 100 ? 'nothing is missing' : missing}</span>
    </>
  )
}

function Room({ storage }: { storage: StorageStats }) {
  const room = totalRoom(storage.volumes.filter(({ kind }) => kind === 'directory'))
  const daily = dailyBytes(storage)
  return (
    <>
      <strong className="tabular">{room === null ? '–' : bytes(room)}</strong>
      <span className="meta">
        {room === null
          ? 'no volume answers'
          : daily
            ? `${aboutDays(room / daily)} until the oldest goes`
            : 'until the oldest goes'}
      </span>
    </>
  )
}
