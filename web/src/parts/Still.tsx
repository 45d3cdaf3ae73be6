import { IconEyeOff, IconVideoOff } from '@tabler/icons-react'
import { useState } from 'react'
import { address } from '@/api/client'
import { useTicketed } from '@/player/tickets/useTicketed'
import type { Camera } from '@/api/types'
import { useNow } from '@/state/hooks'
import classes from './Still.module.css'

interface Props {
  camera: Camera
  width: number
  /** Seconds between pictures. */
  everyS?: number
}

/** The camera's newest picture, renewed now and then; for who may not watch it, a sign of that. */
export function Still(props: Props) {
  if (props.camera.allowed.includes('live.view')) return <Picture {...props} />
  return (
    <div className={classes.still} data-part="still">
      <IconEyeOff size={20} stroke={1.25} aria-label="You may not watch this camera" />
    </div>
  )
}

function Picture({ camera, width, everyS = 30 }: Props) {
  const turn = Math.floor(useNow(everyS * 1000) / (everyS * 1000))
  const url = useTicketed(
    address(`/cameras/${camera.id}/snapshot.jpg`, { width, missing: 'empty', t: turn }),
    { camera: camera.id, kind: 'still' },
  )
  const [shown, setShown] = useState<string | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  return (
    <div className={classes.still} data-part="still" data-shown={shown ? '' : undefined}>
      {shown && <img src={shown} alt="" data-old={failed !== null && failed === url ? '' : undefined} />}
      {!shown && failed && <IconVideoOff size={20} stroke={1.25} aria-hidden />}
      {url && shown !== url && failed !== url && (
        <img
          src={url}
          alt=""
          className={classes.next}
          onLoad={() => setShown(url)}
          onError={() => setFailed(url)}
        />
      )}
    </div>
  )
}
