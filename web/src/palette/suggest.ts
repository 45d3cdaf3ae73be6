/** What the palette offers for what was typed. Pure. */

import type { Camera, Permission } from '@/api/types'
import type { RailPage } from '@/frame/pages'
import { moment } from '@/words/format'
import { parseInstant } from './instant'

export type Suggestion =
  | { kind: 'page'; key: string; label: string; to: RailPage['to'] }
  | { kind: 'live' | 'camera'; key: string; label: string; slug: string }
  | { kind: 'instant'; key: string; label: string; slug: string; at: number }

const MOST = 12

type Named = Pick<Camera, 'id' | 'slug' | 'name' | 'allowed'>

/** Of the cameras what is allowed with each, and of the pages those that the person is offered. */
export function suggest(
  text: string,
  cameras: readonly Named[],
  pages: readonly RailPage[],
  zone: string,
  now: number,
): Suggestion[] {
  const typed = text.trim().toLowerCase()
  const instant = typed ? parseInstant(typed, zone, now) : null
  const found: Suggestion[] = []
  if (instant) {
    // Of a time that comes twice both are offered.
    for (const camera of matching(cameras, instant.rest).filter(may('playback.view')))
      for (const at of [instant.at, ...(instant.second === null ? [] : [instant.second])])
        found.push({
          kind: 'instant',
          key: `at ${at} ${camera.id}`,
          label: `${camera.name}, ${moment(at, zone, now)}`,
          slug: camera.slug,
          at,
        })
  }
  for (const camera of typed ? matching(cameras, typed) : []) {
    if (may('live.view')(camera))
      found.push({ kind: 'live', key: `live ${camera.id}`, label: `${camera.name}, live`, slug: camera.slug })
    found.push({
      kind: 'camera',
      key: `camera ${camera.id}`,
      label: `${camera.name}, settings and health`,
      slug: camera.slug,
    })
  }
  for (const { to, label } of pages)
    if (matches(label, typed)) found.push({ kind: 'page', key: to, label, to })
  return found.slice(0, MOST)
}

const may = (permission: Permission) => (camera: Named) => camera.allowed.includes(permission)

/** Every typed word begins a word of the name. */
function matches(name: string, typed: string): boolean {
  const words = name.toLowerCase().split(/[\s\-_]+/)
  return typed
    .split(/\s+/)
    .filter(Boolean)
    .every((part) => words.some((word) => word.startsWith(part)))
}

function matching(cameras: readonly Named[], typed: string): Named[] {
  return cameras.filter((camera) => matches(`${camera.name} ${camera.slug}`, typed))
}
