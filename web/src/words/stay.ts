/** How long the disks last, in words. Pure. */

import type { StorageStats, Volume } from '@/api/types'
import { bytes } from './format'
import { DAY } from './zone'

// One camera of 4 Mb/s.
const BYTES_PER_DAY = (4_000_000 / 8) * (DAY / 1000)

type Footage = Pick<StorageStats, 'bytes' | 'oldest' | 'newest'>
type Limits = Pick<Volume, 'free_bytes' | 'total_bytes' | 'headroom_percent'>
type Stored = Limits & Footage & Pick<Volume, 'disk' | 'keep_bytes'>

/** Bytes per day of what is recorded, from what lies on the disk; null before there is an hour of it. */
export function dailyBytes(footage: Footage): number | null {
  if (!footage.oldest || !footage.newest) return null
  const span = Date.parse(footage.newest) - Date.parse(footage.oldest)
  return span < DAY / 24 ? null : (footage.bytes * DAY) / span
}

/**
 * Bytes that may still be written to the disk before retention has to make room; null while it can't be asked. Volumes
 * that share a disk share them.
 */
export function roomLeft(volume: Limits): number | null {
  if (volume.free_bytes === null || volume.total_bytes === null) return null
  return Math.max(0, volume.free_bytes - (volume.total_bytes * volume.headroom_percent) / 100)
}

/** The volumes that lie on one disk, disk by disk; one that can't be asked is on a disk of its own. */
export function disks<T extends Pick<Volume, 'disk'>>(volumes: readonly T[]): T[][] {
  const found: T[][] = []
  for (const volume of volumes) {
    const same = volume.disk === null ? undefined : found.find(([first]) => first?.disk === volume.disk)
    if (same) same.push(volume)
    else found.push([volume])
  }
  return found
}

/** Room on a disk for the volumes that share it; null while it can't be asked. */
export function diskRoom(volumes: readonly Stored[]): number | null {
  let room = Infinity
  let limits = 0
  for (const volume of volumes) {
    const own = roomLeft(volume)
    if (own === null) return null
    // The disk is one: the volume that keeps the most free is the first to make room.
    room = Math.min(room, own)
    limits += volume.keep_bytes === null ? Infinity : Math.max(0, volume.keep_bytes - volume.bytes)
  }
  return Number.isFinite(room) ? Math.min(room, limits) : null
}

/** Room on all disks, each counted once; null when none can be asked. */
export function totalRoom(volumes: readonly Stored[]): number | null {
  const rooms = disks(volumes)
    .map(diskRoom)
    .filter((room) => room !== null)
  return rooms.length ? rooms.reduce((sum, room) => sum + room, 0) : null
}

/** Bytes per day that a disk is filled with; null before there is an hour of footage on it. */
export function diskDaily(volumes: readonly Footage[]): number | null {
  const rates = volumes.map(dailyBytes).filter((rate) => rate !== null)
  return rates.length ? rates.reduce((sum, rate) => sum + rate, 0) : null
}

/** `about 26 days`, `about 5 h`, `less than an hour`. */
export function aboutDays(days: number): string {
  if (days >= 730) return `about ${Math.round(days / 365)} years`
  if (days >= 2) return `about ${Math.round(days)} days`
  const hours = days * 24
  return hours >= 1 ? `about ${Math.round(hours)} h` : 'less than an hour'
}

/** A name for a volume at `location` that no other has: its last free directory name, else numbered. */
export function volumeName(location: string, taken: readonly string[]): string {
  const known = new Set(taken.map((name) => name.toLowerCase()))
  const free = (name: string) => !known.has(name.toLowerCase())
  const parts = location
    .split('/')
    .filter(Boolean)
    .map((part) => (part.charAt(0).toUpperCase() + part.slice(1)).slice(0, 90))
    .reverse()
  const found = parts.find(free)
  if (found) return found
  const base = parts[0] ?? 'Footage'
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base} ${number}`
    if (free(name)) return name
  }
}

/** What room is worth before anything was recorded: `1.2 TB to fill: about 26 days of one camera at 4 Mb/s.` */
export function roomWords(room: number | null): string {
  if (room === null) return 'Its free space is not known.'
  return `${bytes(room)} to fill: ${aboutDays(room / BYTES_PER_DAY)} of one camera at 4 Mb/s.`
}
