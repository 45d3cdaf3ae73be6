/** What a grant says, in words. Pure. */

import type { Grant } from '@/api/people'
import { moment } from '@/words/format'
import { weekWords } from '@/words/week'
import type { Tone } from '@/words/camera-state'

type Times = Pick<Grant, 'valid_from' | 'valid_until' | 'hours' | 'in_force'>

/** `always`, `from Sat 21 Nov 14:05, Mon–Fri 08:00–18:00`. */
export function whenWords(grant: Times, zone: string, now: number): string {
  const parts: string[] = []
  if (grant.valid_from) parts.push(`from ${moment(Date.parse(grant.valid_from), zone, now, 'minute')}`)
  if (grant.valid_until) parts.push(`until ${moment(Date.parse(grant.valid_until), zone, now, 'minute')}`)
  const hours = grant.hours as { timezone: string; week: string[][][] } | null
  if (hours) parts.push(`${weekWords(hours.week)}${hours.timezone === zone ? '' : ` (${hours.timezone})`}`)
  return parts.length > 0 ? parts.join(', ') : 'always'
}

/** Whether it counts now, and why not. */
export function grantState(grant: Times, now: number): { tone: Tone; label: string } {
  if (grant.in_force) return { tone: 'live', label: 'In force' }
  if (grant.valid_until && Date.parse(grant.valid_until) <= now) return { tone: 'down', label: 'Over' }
  if (grant.valid_from && Date.parse(grant.valid_from) > now) return { tone: 'idle', label: 'Not yet' }
  return { tone: 'idle', label: 'Not at this hour' }
}
