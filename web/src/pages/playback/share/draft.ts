/** What is to be shared, as it is typed. Pure. */

import { fromLocal } from '@/words/local-time'
import { DAY } from '@/words/zone'

export interface Asked {
  from: string
  to: string
}

export type Wanted = { start: number; end: number } | { field: 'from' | 'to'; error: string }

/** The span that the two wall times mean, or what is wrong with it. The server allows a day at most. */
export function wantedSpan({ from, to }: Asked, zone: string, now: number): Wanted {
  const start = fromLocal(from, zone)
  const end = fromLocal(to, zone)
  if (start === null) return { field: 'from', error: 'Say from when.' }
  if (end === null) return { field: 'to', error: 'Say until when.' }
  if (end <= start) return { field: 'to', error: 'The end must be after the beginning.' }
  if (end - start > DAY) return { field: 'to', error: 'One link shows a day at most.' }
  if (end > now)
    return { field: 'to', error: 'Only footage that there is can be shared: end it now or earlier.' }
  return { start, end }
}
