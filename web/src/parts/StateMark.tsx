import {
  IconAlertTriangleFilled,
  IconCircleFilled,
  IconLoader2,
  IconPlayerPauseFilled,
  IconPointFilled,
  IconX,
} from '@tabler/icons-react'
import type { CameraState, Tone } from '@/words/camera-state'
import { labelled } from '@/words/format'
import classes from './StateMark.module.css'

const ICONS: Record<Tone, typeof IconCircleFilled> = {
  recording: IconCircleFilled,
  live: IconPointFilled,
  busy: IconLoader2,
  degraded: IconAlertTriangleFilled,
  down: IconX,
  idle: IconPlayerPauseFilled,
}

/** The sign of a state: each has its own shape as well as its colour. */
export function StateMark({ tone, size = 12 }: { tone: Tone; size?: number }) {
  const Icon = ICONS[tone]
  return (
    <Icon
      size={size}
      {...(tone === 'down' ? { stroke: 4 } : {})}
      className={classes.mark}
      data-tone={tone}
      aria-hidden
    />
  )
}

/** `● Recording, 25 fps, 4.1 Mb/s` */
export function StateWords({ state }: { state: CameraState }) {
  const more = labelled(state.label, state.detail, state.doing).slice(state.label.length)
  return (
    <span className={classes.words}>
      <StateMark tone={state.tone} />
      <span>
        <span className={classes.label} data-tone={state.tone}>
          {state.label}
        </span>
        {more && <span className={classes.detail}>{more}</span>}
      </span>
    </span>
  )
}
