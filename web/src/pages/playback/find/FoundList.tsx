import { Progress } from '@mantine/core'
import { Notice } from '@/parts/Notice'
import { duration, moment, stretch } from '@/words/format'
import { count } from './FindPanel'
import classes from './FindPanel.module.css'
import { progressOf, reasonsOf, type Hit, type Results } from './results'

interface Props {
  results: Results
  at: number
  zone: string
  now: number
  onHit: (hit: Hit) => void
}

// The playhead stands at a hit when it is in it, or this close to it.
const AT_MS = 1_000

/** How far a search is, what it found, and what it could not look at. */
export function FoundList({ results, at, zone, now, onHit }: Props) {
  const { hits, state } = results
  return (
    <>
      {state === 'running' && (
        <Progress
          value={progressOf(results) * 100}
          size="sm"
          aria-label="Searched"
          className={classes.progress}
        />
      )}
      <p className={classes.told} role="status" data-part="find-told">
        {told(results, zone, now)}
      </p>
      {state === 'failed' && (
        <div className={classes.note}>
          <Notice tone="danger">{results.problem}</Notice>
        </div>
      )}
      {results.skipped.length > 0 && (
        <div className={classes.note}>
          <Notice tone="degraded" title="Not all of it could be searched">
            <ul className={classes.reasons}>
              {reasonsOf(results.skipped).map((reason) => (
                <li key={reason.detail}>
                  {duration(reason.ms)}: {reason.detail}
                  {reason.count > 1 && ` And ${reason.count - 1} more like it.`}
                </li>
              ))}
            </ul>
          </Notice>
        </div>
      )}
      {hits.length > 0 && (
        <ol className={classes.hits} aria-label="Changes">
          {hits.map((hit) => (
            <li key={hit.number}>
              <button
                type="button"
                className={classes.hit}
                aria-current={at > hit.start - AT_MS && at < (hit.end ?? hit.start) + AT_MS}
                onClick={() => onHit(hit)}
              >
                {hit.picture && <img src={`data:image/jpeg;base64,${hit.picture}`} alt="" />}
                <span>
                  <time dateTime={new Date(hit.start).toISOString()}>{moment(hit.start, zone, now)}</time>
                  <span className="meta">{lasted(hit)}</span>
                </span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </>
  )
}

function told(results: Results, zone: string, now: number): string {
  const { state, hits, pictures, seconds, start, end, at } = results
  const looked = count(pictures, 'key frame')
  if (state === 'running') return `${count(hits.length, 'change')}; ${looked} up to ${moment(at, zone, now)}`
  if (state === 'cancelled') return `Cancelled at ${moment(at, zone, now)}, after ${looked}.`
  if (state === 'failed') return `Ended at ${moment(at, zone, now)}, after ${looked}.`
  const span = stretch(start, end, zone, now)
  if (pictures === 0) return `Nothing was recorded from ${span}, or it can't be read.`
  const took = ` Searched ${looked}${seconds === null ? '' : ` in ${seconds.toFixed(1)} s`}.`
  if (results.full)
    return `More than ${count(hits.length, 'change')} until ${moment(at, zone, now)}: draw a smaller area, or lower the sensitivity.`
  if (hits.length === 0) return `Nothing changed here from ${span}.${took}`
  return `${count(hits.length, 'change')} from ${span}.${took}`
}

function lasted({ start, end, unseen }: Hit): string {
  if (unseen) return 'while nothing was recorded'
  if (end === null) return 'goes on'
  return end > start ? `for ${duration(end - start)}` : 'at once'
}
