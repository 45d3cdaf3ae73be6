/** How long the disk lasts, in words. Pure. */

import type { StorageStats, Volume } from '@/api/types'
import { DAY } from './zone'

/** Bytes per day of all that is recorded, from what lies on the disks; null before there is an hour of it. */
export function dailyBytes(stats: Pick<StorageStats, 'bytes' | 'oldest' | 'newest'>): number | null {
  if (!stats.oldest || !stats.newest) return null
  const span = Date.parse(stats.newest) - Date.parse(stats.oldest)
  return span < DAY / 24 ? null : (stats.bytes * DAY) / span
}

/** Bytes that may still be written before retention has to make room; null while the disk can't be asked. */
export function roomLeft(
  volume: Pick<Volume, 'free_bytes' | 'total_bytes' | 'headroom_percent'>,
): number | null {
  if (volume.free_bytes === null || volume.total_bytes === null) return null
  return Math.max(0, volume.free_bytes - (volume.total_bytes * volume.headroom_percent) / 100)
}

/** `about 26 days`, `about 5 h`, `less than an hour`. */
export function aboutDays(days: number): string {
  if (days >= 730) return `about ${Math.round(days / 365)} years`
  if (days >= 2) return `about ${Math.round(days)} days`
  const hours = days * 24
  return hours >= 1 ? `about ${Math.round(hours)} h` : 'less than an hour'
}
