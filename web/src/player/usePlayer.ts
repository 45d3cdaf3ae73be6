import { useEffect, useRef, useState, useSyncExternalStore, type RefObject } from 'react'
import type { PlayerEngine } from './engine'

const none = () => () => undefined

/**
 * Mounts an engine on a video element for as long as the component lives. `make` is called again when `key` changes;
 * what an engine is made from belongs into the key.
 */
export function usePlayer<Engine extends PlayerEngine<object>>(
  make: () => Engine,
  key: string,
): {
  video: RefObject<HTMLVideoElement | null>
  engine: Engine | null
  state: ReturnType<Engine['getState']> | null
} {
  const video = useRef<HTMLVideoElement | null>(null)
  const maker = useRef(make)
  const [engine, setEngine] = useState<Engine | null>(null)
  useEffect(() => {
    maker.current = make
  })
  useEffect(() => {
    if (!video.current) return
    const made = maker.current()
    made.attach(video.current)
    setEngine(made)
    return () => {
      setEngine(null)
      made.destroy()
    }
  }, [key])
  const state = useSyncExternalStore(engine?.subscribe ?? none, () =>
    engine ? (engine.getState() as ReturnType<Engine['getState']>) : null,
  )
  return { video, engine, state }
}
