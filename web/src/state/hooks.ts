import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { systemQuery } from '@/api/queries'
import type { Place } from '@/timeline/daylight'
import { browserZone, knowsZone } from '@/words/zone'
import { usePreferences } from './preferences'

/** The zone that every time on the page is shown in. */
export function useZone(): string {
  const { zone } = usePreferences()
  const site = useQuery(systemQuery).data?.timezone ?? browserZone
  const wanted = zone === 'site' ? site : zone === 'browser' ? browserZone : zone
  return knowsZone(wanted) ? wanted : 'UTC'
}

/** Where the site is, where that was set. */
export function usePlace(): Place | null {
  return useQuery(systemQuery).data?.place ?? null
}

/** The present, renewed every `everyMs`. */
export function useNow(everyMs = 1000): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), everyMs)
    return () => window.clearInterval(timer)
  }, [everyMs])
  return now
}

/** The title of the browser's tab while a page is shown. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Vedette`
    return () => {
      document.title = 'Vedette'
    }
  }, [title])
}
