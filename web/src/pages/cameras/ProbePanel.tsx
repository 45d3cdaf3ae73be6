import { Button, Skeleton } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import type { ProbeReport } from '@/api/types'
import { Failure, Notice } from '@/parts/Notice'
import { bitrate, frameRate } from '@/words/format'
import classes from './ProbePanel.module.css'

interface Props {
  result: ProbeReport | undefined
  error: unknown
  testing: boolean
  canTest: boolean
  onTest: () => void
  /** No empty picture before there is one to come. */
  compact?: boolean
}

const CODECS: Record<string, string> = {
  h264: 'H.264',
  h265: 'H.265',
  aac: 'AAC',
  opus: 'Opus',
  pcma: 'G.711 A-law',
  pcmu: 'G.711 µ-law',
}

// Nothing is wrong with these.
const GOOD_TO_KNOW = new Set(['no_audio'])

/** The test of a camera before it is saved: its picture, what it sends, and what to know about that. */
export function ProbePanel({ result, error, testing, canTest, onTest, compact }: Props) {
  return (
    <aside className={classes.panel} aria-label="Test" aria-live="polite">
      {(!compact || testing || result) && (
        <div className={classes.picture}>
          {testing ? (
            <Skeleton height="100%" radius={0} aria-label="Asking the camera" />
          ) : result?.snapshot ? (
            <img src={result.snapshot} alt="What the camera sees" />
          ) : (
            <div className={classes.placeholder}>
              <IconPlugConnected size={32} stroke={1.25} aria-hidden />
              <span>{result ? 'No picture' : 'The test shows the camera’s picture here.'}</span>
            </div>
          )}
        </div>
      )}
      <Button
        variant={result?.ok ? 'default' : 'light'}
        onClick={onTest}
        loading={testing}
        disabled={!canTest}
      >
        {result ? 'Test again' : 'Test the camera'}
      </Button>
      {error !== null && error !== undefined && !testing && <Failure error={error} />}
      {result && !testing && !result.ok && (
        <Notice tone="danger" title={result.message}>
          {result.remedy}
        </Notice>
      )}
      {result && !testing && result.ok && <Facts result={result} />}
      {!testing &&
        result?.warnings.map((warning) => (
          <Notice key={warning.code} tone={GOOD_TO_KNOW.has(warning.code) ? 'info' : 'degraded'}>
            {warning.message}
          </Notice>
        ))}
    </aside>
  )
}

function Facts({ result }: { result: ProbeReport }) {
  const { video, audio } = result
  const rows: [string, string][] = []
  if (video) {
    rows.push(['Video', [CODECS[video.codec] ?? video.codec, video.profile].filter(Boolean).join(' ')])
    rows.push(['Resolution', `${video.width} × ${video.height}`])
    const rate = [video.fps && frameRate(video.fps), video.bitrate && bitrate(video.bitrate)]
    rows.push(['Rate', rate.filter(Boolean).join(', ') || 'not known'])
    rows.push([
      'Key frame',
      video.key_interval_s ? `every ${Math.round(video.key_interval_s * 10) / 10} s` : 'not known',
    ])
  }
  rows.push([
    'Audio',
    audio
      ? `${CODECS[audio.codec] ?? audio.codec}, ${audio.sample_rate / 1000} kHz, ${audio.channels === 1 ? 'mono' : `${audio.channels} channels`}`
      : 'none',
  ])
  if (result.round_trip_ms !== null)
    rows.push(['Round trip', `${Math.round(result.round_trip_ms * 10) / 10} ms`])
  return (
    <>
      <p className={classes.ok}>{result.message}</p>
      <dl className={classes.facts}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="tabular">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
