import { useEffect, useState } from 'react'
import { ApiError } from '@/api/client'

/** Milliseconds that are left to wait after a refused attempt, counted down in seconds. */
export function useWait(error: unknown): number {
  const waitS = error instanceof ApiError && error.status !== 503 ? (error.retryAfterS ?? 0) : 0
  const [left, setLeft] = useState({ error, ms: waitS * 1000 })
  useEffect(() => {
    if (waitS === 0) return
    const until = performance.now() + waitS * 1000
    const timer = window.setInterval(() => {
      const ms = Math.max(0, Math.ceil((until - performance.now()) / 1000) * 1000)
      setLeft({ error, ms })
      if (ms === 0) window.clearInterval(timer)
    }, 250)
    return () => window.clearInterval(timer)
  }, [error, waitS])
  return left.error === error ? left.ms : waitS * 1000
}
