import { useEffect, useRef, useState } from 'react'
import { wallSocket } from '@/player/wall/socket'

// Turning takes a moment, and a page waits while nobody looks.
const SLACK_S = 10
// As much as the server takes.
const LONGEST_S = 900

/** Calls `turn` every so many seconds while it runs; says how many are left, null while it does not. */
export function useSequence(
  runs: boolean,
  seconds: number,
  { page, pages }: { page: number; pages: number },
  turn: () => void,
): number | null {
  const [left, setLeft] = useState(seconds)
  const turning = useRef(turn)
  useEffect(() => {
    turning.current = turn
  })
  // A camera that comes round again is one view, not one a turn.
  useEffect(() => {
    if (!runs) return
    const socket = wallSocket()
    socket.backInS = Math.min(LONGEST_S, seconds * pages + SLACK_S)
    return () => void (socket.backInS = 0)
  }, [runs, seconds, pages])
  useEffect(() => {
    if (!runs) return
    const until = performance.now() + seconds * 1000
    const look = () => {
      const remaining = until - performance.now()
      setLeft(Math.max(0, Math.ceil(remaining / 1000)))
      // Who looks away misses no page: it goes on when the tab is seen again.
      if (remaining <= 0 && document.visibilityState === 'visible') turning.current()
    }
    look()
    const timer = window.setInterval(look, 250)
    return () => window.clearInterval(timer)
  }, [runs, seconds, page])
  return runs ? left : null
}
