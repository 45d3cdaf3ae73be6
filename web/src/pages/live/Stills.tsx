import { useState } from 'react'
import { address } from '@/api/client'
import type { Camera } from '@/api/types'
import { useTicketed } from '@/player/tickets/useTicketed'
import { useNow } from '@/state/hooks'
import classes from './Stills.module.css'

const EVERY_MS = 2000

/** Pictures by HTTP, for a stream that this browser cannot decode. */
export function Stills({ camera, codecs }: { camera: Camera; codecs: string }) {
  const now = useNow(EVERY_MS)
  const [shown, setShown] = useState<string | null>(null)
  const next = useTicketed(
    address(`/cameras/${camera.id}/snapshot.jpg`, {
      width: 1280,
      missing: 'empty',
      t: Math.floor(now / EVERY_MS),
    }),
    { camera: camera.id, kind: 'still' },
  )
  return (
    <div className={classes.stills}>
      {shown && <img src={shown} alt={`${camera.name}, a still`} />}
      {/* Loaded out of sight first, so that the picture never blinks. */}
      {next && <img src={next} alt="" hidden onLoad={() => setShown(next)} />}
      <p>
        This browser cannot play {codecs.startsWith('hvc') || codecs.startsWith('hev') ? 'H.265' : codecs}. It
        is recorded all the same; here you see stills.
      </p>
    </div>
  )
}
