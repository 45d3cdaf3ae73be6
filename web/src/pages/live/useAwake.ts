import { useEffect, useRef, useState } from 'react'

const FIRST_MS = 4000
const REST_MS = 2500

/** Whether the pointer moved a moment ago; `wake` says that it did. */
export function useAwake(): [boolean, () => void] {
  const [awake, setAwake] = useState(true)
  const timer = useRef(0)
  useEffect(() => {
    timer.current = window.setTimeout(() => setAwake(false), FIRST_MS)
    return () => window.clearTimeout(timer.current)
  }, [])
  const wake = () => {
    if (!awake) setAwake(true)
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => setAwake(false), REST_MS)
  }
  return [awake, wake]
}

/** Keeps the screen lit: somebody watches who touches nothing. */
export function useLit(on: boolean): void {
  useEffect(() => {
    if (!on || !('wakeLock' in navigator)) return
    let lock: WakeLockSentinel | null = null
    let over = false
    const take = async () => {
      if (document.visibilityState !== 'visible') return
      try {
        lock = await navigator.wakeLock.request('screen')
        if (over) await lock.release()
      } catch {
        // An empty battery, say: the screen then goes dark as it would.
      }
    }
    const again = () => void take()
    void take()
    document.addEventListener('visibilitychange', again)
    return () => {
      over = true
      document.removeEventListener('visibilitychange', again)
      void lock?.release()
    }
  }, [on])
}
