/** What this browser remembers: nothing of it is the site's. */

import { useSyncExternalStore } from 'react'

export interface Preferences {
  /** `site` follows the server, `browser` this machine; else an IANA name. */
  zone: string
  /** How much time the timeline showed last; null before anybody zoomed it. */
  timelineSpanMs: number | null
  /** How live pictures come: `webrtc` for the least delay, where it works. */
  live: 'auto' | 'webrtc'
  /** Whether snapshots have camera and time written below the picture. */
  captioned: boolean
  /** Which recording is played back: the sub-stream's where the line is thin, or always the same. */
  recording: 'auto' | 'main' | 'sub'
  /** 0 to 1. */
  volume: number
}

const KEY = 'vedette.preferences'
const defaults: Preferences = {
  zone: 'site',
  timelineSpanMs: null,
  live: 'auto',
  captioned: true,
  recording: 'auto',
  volume: 1,
}

let current: Preferences = read()
const listeners = new Set<() => void>()

function read(): Preferences {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    return { ...defaults, ...(saved as Partial<Preferences>) }
  } catch {
    // Blocked or damaged storage is no reason not to start.
    return defaults
  }
}

export function savePreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change }
  try {
    localStorage.setItem(KEY, JSON.stringify(current))
  } catch {
    // It then holds for this page only.
  }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => current)
}
