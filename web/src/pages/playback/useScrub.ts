import { useEffect, useRef, useState } from 'react'
import { stepFor } from '@/previews/find'
import { Scrub } from '@/previews/scrub'
import { usePreviews } from '@/previews/shared'
import type { VodPlayer } from '@/player/vod/vod-player'
import type { VodState } from '@/player/vod/state'

/**
 * Moves the playhead by hand: previews while it is on its way, the frame itself where it rests. What plays stands meanwhile,
 * and goes on when the hand lets go.
 */
export function useScrub(
  engine: VodPlayer | null,
  state: VodState | null,
  camera: string,
  onRest: (at: number) => void,
) {
  const previews = usePreviews()
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null)
  const scrub = useRef<Scrub | null>(null)
  const goesOn = useRef(false)
  const latest = useRef({ engine, onRest })
  useEffect(() => {
    latest.current = { engine, onRest }
  })
  useEffect(() => {
    if (!canvas) return
    const made = new Scrub(canvas, previews, {
      rests: (at) => {
        latest.current.engine?.seek(at)
        latest.current.onRest(at)
      },
    })
    scrub.current = made
    return () => {
      made.destroy()
      scrub.current = null
    }
  }, [canvas, previews])
  const settled = state === null || state.arrived || (state.phase !== 'ready' && state.phase !== 'loading')
  useEffect(() => {
    if (settled && scrub.current?.rested) scrub.current.clear()
  })
  return {
    canvas: setCanvas,
    /** Where the playhead is being moved to; null while the player says. */
    at: () => scrub.current?.at ?? null,
    /** The playhead is over `at`; `msPerPx` of the timeline says how close its neighbours are. */
    move: (at: number, msPerPx: number) => {
      if (engine?.getState().playing) {
        goesOn.current = true
        engine.pause()
      }
      scrub.current?.move(camera, at, stepFor(msPerPx))
    },
    /** The hand has let go. */
    done: () => {
      scrub.current?.done()
      if (goesOn.current) engine?.play()
      goesOn.current = false
    },
    clear: () => scrub.current?.clear(),
  }
}
