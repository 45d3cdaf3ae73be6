import { clockTime, isoDay } from '@/words/format'
import { offsetName, turnOf, wallTime } from '@/words/zone'

/** `gate 2026-11-21 14-05-12.345.jpg`: sorts by time, and no system forbids a character of it. */
export function snapshotName(slug: string, wallMs: number, zone: string): string {
  const t = wallTime(wallMs, zone)
  const two = (value: number) => String(value).padStart(2, '0')
  const clock = `${two(t.hour)}-${two(t.minute)}-${two(t.second)}.${String(t.ms).padStart(3, '0')}`
  // Of the hour that comes twice no two names are the same.
  const turn = turnOf(wallMs, zone)
  return `${slug} ${isoDay(wallMs, zone)} ${clock}${turn ? ` ${turn}` : ''}.jpg`
}

/** `Gate · 2026-11-21 14:05:12.345 UTC+1`: what a picture that has left the house has to say. */
export function snapshotCaption(camera: string, wallMs: number, zone: string): string {
  return `${camera} · ${isoDay(wallMs, zone)} ${clockTime(wallMs, zone, 'ms')} ${offsetName(wallMs, zone)}`
}

/** Saves the shown frame as a file. `caption` stands in a band below it, over nothing. False when there is no picture. */
export async function saveSnapshot(
  picture: HTMLVideoElement | HTMLCanvasElement,
  name: string,
  caption: string | null,
): Promise<boolean> {
  const file = await drawn(picture, caption)
  if (!file) return false
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun when click returns, but reads the blob later.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000)
  return true
}

/** A JPEG of the picture in its own size, with the caption below. */
function drawn(picture: HTMLVideoElement | HTMLCanvasElement, caption: string | null): Promise<Blob | null> {
  const [width, height] =
    picture instanceof HTMLVideoElement
      ? [picture.videoWidth, picture.videoHeight]
      : [picture.width, picture.height]
  if (width === 0 || height === 0) return Promise.resolve(null)
  const canvas = document.createElement('canvas')
  const band = caption === null ? 0 : Math.max(16, Math.round(height / 24))
  canvas.width = width
  canvas.height = height + band
  const context = canvas.getContext('2d')
  context?.drawImage(picture, 0, 0, width, height)
  if (context && caption !== null) {
    context.fillStyle = '#000'
    context.fillRect(0, height, width, band)
    context.fillStyle = '#fff'
    context.font = `${Math.round(band * 0.62)}px ${getComputedStyle(document.body).fontFamily}`
    context.textBaseline = 'middle'
    const inset = Math.round(band * 0.4)
    context.fillText(caption, inset, height + band / 2, width - 2 * inset)
  }
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92))
}
