import { isoDay } from '@/words/format'
import { wallTime } from '@/words/zone'
import { grabFrame } from './engine'

/** `gate 2026-11-21 14-05-12.345.jpg`: sorts by time, and no system forbids a character of it. */
export function snapshotName(slug: string, wallMs: number, zone: string): string {
  const t = wallTime(wallMs, zone)
  const two = (value: number) => String(value).padStart(2, '0')
  const clock = `${two(t.hour)}-${two(t.minute)}-${two(t.second)}.${String(t.ms).padStart(3, '0')}`
  return `${slug} ${isoDay(wallMs, zone)} ${clock}.jpg`
}

/** Saves the shown frame as a file. False when there is no picture. */
export async function saveSnapshot(video: HTMLVideoElement, name: string): Promise<boolean> {
  const picture = await grabFrame(video)
  if (!picture) return false
  const url = URL.createObjectURL(picture)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun when click returns, but reads the blob later.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000)
  return true
}
