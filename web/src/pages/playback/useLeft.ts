import { useEffect, useState } from 'react'
import type { VodPlayer } from '@/player/vod/vod-player'
import { leave, offered, readLeft } from './left'

const EVERY_MS = 5_000
// What is this young is where one would be anyway.
const YOUNG_MS = 120_000

/** Remembers where one is in a camera's footage, and gives where one was the last time, until that is of no use. */
export function useLeft(
  camera: string,
  engine: VodPlayer | null,
  /** Where it begins by itself; null where the person has said where. */
  begins: number | null,
): [number | null, () => void] {
  const [place, setPlace] = useState(() => ({ camera, at: began(camera, begins) }))
  if (place.camera !== camera) setPlace({ camera, at: began(camera, begins) })
  const moved = begins === null
  useEffect(() => {
    if (!engine || !moved) return
    const keep = () => {
      const { phase } = engine.getState()
      const at = engine.wallMs()
      if (phase === 'ready' && Date.now() - at > YOUNG_MS) leave(camera, at)
    }
    const timer = window.setInterval(keep, EVERY_MS)
    window.addEventListener('pagehide', keep)
    return () => {
      keep()
      window.clearInterval(timer)
      window.removeEventListener('pagehide', keep)
    }
  }, [camera, engine, moved])
  const at = moved || place.camera !== camera ? null : place.at
  return [at, () => setPlace({ camera, at: null })]
}

function began(camera: string, begins: number | null): number | null {
  return begins === null ? null : offered(readLeft(), camera, begins)
}
