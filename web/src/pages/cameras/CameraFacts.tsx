import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Allowed, useAccess } from '@/access/useAccess'
import type { Camera, StorageStats } from '@/api/types'
import { viewersQuery } from '@/api/watching'
import { Section } from '@/parts/Section'
import { bitrate, bytes, count, frameRate, moment } from '@/words/format'
import { promise } from '@/words/promise'
import classes from './CameraPage.module.css'

const CODECS: Record<string, string> = {
  h264: 'H.264',
  h265: 'H.265',
  aac: 'AAC',
  opus: 'Opus',
  pcma: 'G.711',
  pcmu: 'G.711',
}

interface Props {
  camera: Camera
  usage: StorageStats['cameras'][number] | undefined
  zone: string
  now: number
}

/** How many watch it live, with the way to who they are for whom may know. */
function Watching({ camera }: { camera: Camera }) {
  const { may } = useAccess()
  const counts = useQuery(viewersQuery).data
  if (!counts) return '–'
  const viewers = counts[camera.id] ?? 0
  if (viewers === 0) return 'nobody'
  const text = count(viewers, 'viewer')
  if (!may('user.manage') && !may('audit.view')) return text
  return (
    <Link to="/admin/watching" search={{ camera: camera.id }}>
      {text}
    </Link>
  )
}

/** What the stream is right now, and what is kept of it. */
export function CameraFacts({ camera, usage, zone, now }: Props) {
  const status = camera.status.main
  const main = camera.streams.find((stream) => stream.kind === 'main')
  const flowing = status?.state === 'recording' || status?.state === 'live'
  const facts: [string, string | null][] = [
    ['Video', video(camera)],
    ['Frame rate', flowing ? frameRate(status.fps) : null],
    ['Bit rate', flowing ? bitrate(status.bitrate) : null],
    ['Key frame', status?.key_interval_s ? `every ${Math.round(status.key_interval_s * 10) / 10} s` : null],
    ['Audio', status?.audio_codec ? (CODECS[status.audio_codec] ?? status.audio_codec) : 'none'],
    ['Jitter', flowing ? `${Math.round(status.jitter_ms * 10) / 10} ms` : null],
    ['Lost packets', status ? status.lost_packets.toLocaleString('en-GB') : null],
    ['Clock', clock(camera)],
    ['Reconnects', status ? String(status.reconnects) : null],
    ['Connected since', flowing ? moment(Date.parse(status.since), zone, now) : null],
    ['Engine', engine(status?.engine, main?.fallback ?? null)],
    // Told to who may change the camera.
    ...(main?.url ? [['Address', main.url] satisfies [string, string]] : []),
  ]
  return (
    <>
      <Section title="Stream">
        <dl className={classes.facts}>
          {facts.map(([name, value]) => (
            <div key={name} data-long={name === 'Address' ? '' : undefined}>
              <dt>{name}</dt>
              <dd className="tabular">{value ?? '–'}</dd>
            </div>
          ))}
          <div>
            <dt>Watching now</dt>
            <dd className="tabular">
              <Watching camera={camera} />
            </dd>
          </div>
        </dl>
        {main?.fallback && <p className="meta">{main.fallback}</p>}
      </Section>
      <Section title="Footage">
        <dl className={classes.facts}>
          <div>
            <dt>Kept</dt>
            <dd>{promise(camera)}</dd>
          </div>
          <Allowed permission="storage.view">
            <div>
              <dt>On disk</dt>
              <dd className="tabular">
                {usage ? `${bytes(usage.bytes)} in ${count(usage.files, 'file')}` : '–'}
              </dd>
            </div>
            <div>
              <dt>Oldest</dt>
              <dd className="tabular">
                {usage?.oldest ? moment(Date.parse(usage.oldest), zone, now, 'minute') : '–'}
              </dd>
            </div>
          </Allowed>
        </dl>
      </Section>
    </>
  )
}

function video(camera: Camera): string | null {
  const status = camera.status.main
  if (!status?.video_codec) return null
  const size = status.width && status.height ? `, ${status.width} × ${status.height}` : ''
  return `${CODECS[status.video_codec] ?? status.video_codec}${size}`
}

function clock(camera: Camera): string | null {
  const offset = camera.status.main?.clock_offset_ms
  if (offset === null || offset === undefined) return null
  if (Math.abs(offset) < 1) return 'exact'
  const size = Math.abs(offset)
  const text = size < 1000 ? `${Math.round(size)} ms` : `${Math.round(size / 100) / 10} s`
  return `${text} ${offset > 0 ? 'ahead' : 'behind'}`
}

function engine(name: string | undefined, fallback: string | null): string | null {
  if (!name) return null
  const words = name === 'native' ? 'own client' : name
  return fallback ? `${words}, fallback` : words
}
