import type { Step } from '@/previews/find'
import { Preview } from '@/previews/Preview'
import type { PreviewStore } from '@/previews/store'
import { duration, moment, stretch } from '@/words/format'
import { causeLook } from './causes'
import type { Hover } from './controller'
import classes from './HoverCard.module.css'

const CARD_PX = 208

interface Props {
  hover: Hover
  cameras: { id: string; name: string }[]
  previews: PreviewStore
  step: Step
  zone: string
  now: number
}

/** What is under the pointer: the instant, footage with a picture of it, or a gap with its cause. */
export function HoverCard({ hover, cameras, previews, step, zone, now }: Props) {
  const { hit, at, camera } = hover
  const name = cameras.find((candidate) => candidate.id === camera)?.name
  const left = Math.min(Math.max(8, hover.left - CARD_PX / 2), window.innerWidth - CARD_PX - 8)
  return (
    <div
      className={classes.card}
      style={{ left, bottom: window.innerHeight - hover.top + 8, width: CARD_PX }}
      aria-hidden
      data-part="hover-card"
    >
      {hit.kind === 'recorded' && camera && (
        <Preview store={previews} camera={camera} at={Math.floor(at)} step={step} />
      )}
      <div className={classes.text}>
        <time className={classes.time} dateTime={new Date(at).toISOString()}>
          {moment(at, zone, now)}
        </time>
        {name && <span className="meta">{name}</span>}
        {hit.kind === 'gap' && (
          <>
            <span className={classes.cause}>
              <i style={{ background: `var(${causeLook(hit.gap.cause).colour})` }} />
              {causeLook(hit.gap.cause).label}, {duration(Math.min(hit.gap.end_ms, now) - hit.gap.start_ms)}
            </span>
            <span className="meta tabular">
              {stretch(hit.gap.start_ms, Math.min(hit.gap.end_ms, now), zone, now)}
            </span>
            <span className="meta">{hit.gap.detail || causeLook(hit.gap.cause).text}</span>
            {hit.more && <span className="meta">More gaps are close by: zoom in to tell them apart.</span>}
          </>
        )}
        {hit.kind === 'none' && name && at < now && <span className="meta">Nothing recorded</span>}
      </div>
    </div>
  )
}
