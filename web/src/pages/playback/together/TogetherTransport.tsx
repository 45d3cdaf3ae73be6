import {
  IconCamera,
  IconChevronLeft,
  IconChevronRight,
  IconMaximize,
  IconVolume,
  IconVolumeOff,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react'
import type { GroupState } from '@/player/sync/group'
import type { PlaybackActions } from '../actions'
import { PlayTools } from '../PlayTools'
import { SpeedMenu } from '../SpeedMenu'
import { Tool } from '../Tool'
import classes from '../Transport.module.css'
import { WallClock } from '../WallClock'

interface Props {
  state: GroupState
  zone: string
  wallMs: () => number | null
  /** Whether the selected camera is. */
  heard: boolean
  lead: { name: string }
  page: number
  pages: number
  actions: PlaybackActions
  onPage: (by: number) => void
}

/** The controls of all cameras at once; sound and snapshot are of the selected one. */
export function TogetherTransport({ state, zone, wallMs, heard, lead, page, pages, actions, onPage }: Props) {
  const { playing, rate } = state
  return (
    <div className={classes.bar} role="toolbar" aria-label="Player">
      <PlayTools playing={playing} ready next="Next recording or bookmark of any" actions={actions} />
      <div className={classes.clock}>
        <WallClock wallMs={wallMs} zone={zone} />
      </div>
      <div className={classes.group}>
        {pages > 1 && (
          <>
            <Tool label="Page before" keys="PgUp" onClick={() => onPage(-1)}>
              <IconChevronLeft size={20} stroke={1.5} />
            </Tool>
            <span className="tabular">
              {page + 1} / {pages}
            </span>
            <Tool label="Next page" keys="PgDn" onClick={() => onPage(1)}>
              <IconChevronRight size={20} stroke={1.5} />
            </Tool>
          </>
        )}
        <SpeedMenu rate={rate} onRate={actions.setRate} />
        <Tool label={`Sound of ${lead.name} ${heard ? 'off' : 'on'}`} keys="M" onClick={actions.toggleMute}>
          {heard ? <IconVolume size={20} stroke={1.5} /> : <IconVolumeOff size={20} stroke={1.5} />}
        </Tool>
        <Tool label={`Snapshot of ${lead.name}`} keys="S" onClick={actions.snapshot}>
          <IconCamera size={20} stroke={1.5} />
        </Tool>
        <Tool label="Zoom out" keys="↓" onClick={() => actions.zoom(1.6)}>
          <IconZoomOut size={20} stroke={1.5} />
        </Tool>
        <Tool label="Zoom in" keys="↑" onClick={() => actions.zoom(1 / 1.6)}>
          <IconZoomIn size={20} stroke={1.5} />
        </Tool>
        <Tool label="Full screen" keys="F" onClick={actions.fullScreen}>
          <IconMaximize size={20} stroke={1.5} />
        </Tool>
      </div>
    </div>
  )
}
