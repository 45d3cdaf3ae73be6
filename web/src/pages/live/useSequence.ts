import { useEffect, useRef, useState } from 'react'

/** Calls `turn` every so many seconds while it runs; says how many are left, null while it does not. */
export function useSequence(runs: boolean, seconds: number, page: number, turn: () => void): number | null {
  const [left, setLeft] = useState(seconds)
  const turning = useRef(turn)
  useEffect(() => {
    turning.current = turn
  })
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
