import { useEffect, useRef, useState } from 'react'
import { tickets, withTicket, type Wish } from './store'

/** An address with its ticket, for an <img>; null until there is one. It changes only when `url` does. */
export function useTicketed(url: string, wish: Wish): string | null {
  const [ready, setReady] = useState<{ url: string; full: string } | null>(null)
  const wanted = useRef(wish)
  useEffect(() => {
    wanted.current = wish
  })
  useEffect(() => {
    let current = true
    void tickets.get(wanted.current).then((ticket) => {
      if (current) setReady({ url, full: withTicket(url, ticket) })
    })
    return () => {
      current = false
    }
  }, [url])
  return ready?.url === url ? ready.full : null
}
