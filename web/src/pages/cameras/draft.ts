/** What the camera form holds, and what it becomes at the API. Pure. */

import { ApiError, explain } from '@/api/client'
import type { Camera, CameraPatch, Engine, RecordingMode } from '@/api/types'
import { browserZone } from '@/words/zone'
import { formatWeek, parseWeek, WORKING_HOURS } from '@/words/week'

const GB = 1_000_000_000

export interface Draft {
  name: string
  url: string
  username: string
  password: string
  /** The stored user and password stay as they are; the fields above are not used. */
  keepCredentials: boolean
  /** The login was lost with the database. Empty fields leave it so. */
  loginLost: boolean
  /** The camera whose login was lost needs none any more. */
  noLogin: boolean
  subUrl: string
  engine: Engine
  recordSub: boolean
  enabled: boolean
  mode: RecordingMode
  /** Seven texts as `08:00–18:00, 20:00–22:00`, Monday first. */
  week: string[]
  timezone: string
  segmentMinutes: number
  /** Null for no limit. */
  keepDays: number | null
  keepGigabytes: number | null
  /** Null for the default volume. */
  volume: number | null
  notes: string
}

export type DraftErrors = Partial<Record<keyof Draft, string>>

export function emptyDraft(timezone = browserZone): Draft {
  return {
    name: '',
    url: '',
    username: '',
    password: '',
    keepCredentials: false,
    loginLost: false,
    noLogin: false,
    subUrl: '',
    engine: 'auto',
    recordSub: true,
    enabled: true,
    mode: 'continuous',
    week: formatWeek(WORKING_HOURS),
    timezone,
    segmentMinutes: 15,
    keepDays: null,
    keepGigabytes: null,
    volume: null,
    notes: '',
  }
}

export function draftOf(camera: Camera, timezone: string): Draft {
  const main = camera.streams.find((stream) => stream.kind === 'main')
  const sub = camera.streams.find((stream) => stream.kind === 'sub')
  return {
    name: camera.name,
    url: main?.url ?? '',
    username: '',
    password: '',
    keepCredentials: camera.has_credentials,
    loginLost: camera.login_lost,
    noLogin: false,
    subUrl: sub?.url ?? '',
    engine: main?.engine ?? 'auto',
    recordSub: sub?.record ?? true,
    enabled: camera.enabled,
    mode: camera.recording_mode,
    week: formatWeek(camera.schedule?.week ?? WORKING_HOURS),
    timezone: camera.schedule?.timezone ?? timezone,
    segmentMinutes: camera.segment_minutes,
    keepDays: camera.keep_days,
    keepGigabytes: camera.keep_bytes === null ? null : camera.keep_bytes / GB,
    volume: camera.volume_id,
    notes: camera.notes,
  }
}

export interface SplitUrl {
  url: string
  username: string
  password: string
}

/**
 * Takes user and password out of an address: `rtsp://user:p%40ss@host/path`. A password pasted unescaped may itself hold
 * `@`, `/` or `:`; the last `@` before the host decides. Null when there are none in it.
 */
export function splitUrl(text: string): SplitUrl | null {
  const match = /^([a-z][a-z0-9+.-]*:\/\/)(.*)$/i.exec(text.trim())
  if (!match) return null
  const [, scheme = '', rest = ''] = match
  const at = rest.lastIndexOf('@')
  if (at < 0) return null
  const login = rest.slice(0, at)
  const colon = login.indexOf(':')
  return {
    url: scheme + rest.slice(at + 1),
    username: decode(colon < 0 ? login : login.slice(0, colon)),
    password: colon < 0 ? '' : decode(login.slice(colon + 1)),
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // A bare % that was never an escape.
    return text
  }
}

export function validate(draft: Draft): DraftErrors {
  const errors: DraftErrors = {}
  if (!draft.name.trim()) errors.name = 'Give the camera a name.'
  const address = addressError(draft.url)
  if (address) errors.url = address
  if (draft.subUrl.trim()) {
    const sub = addressError(draft.subUrl)
    if (sub) errors.subUrl = sub
  }
  if (draft.mode === 'schedule' && typeof parseWeek(draft.week) === 'string')
    errors.week = parseWeek(draft.week) as string
  if (draft.segmentMinutes < 1 || draft.segmentMinutes > 60) errors.segmentMinutes = 'From 1 to 60 minutes.'
  return errors
}

function addressError(url: string): string | null {
  if (!url.trim()) return 'Paste the camera’s address.'
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/\s]+/i.test(url.trim()))
    return 'An address looks like rtsp://192.168.1.20/stream1.'
  return null
}

type Changes = Required<Omit<CameraPatch, 'sub_engine' | 'record' | 'username' | 'password'>> &
  Pick<CameraPatch, 'username' | 'password'>

/** Everything that the form sets. The API's create and patch both take it. */
export function changesOf(draft: Draft): Changes {
  const week = parseWeek(draft.week)
  const changes: Changes = {
    name: draft.name.trim(),
    url: draft.url.trim(),
    sub_url: draft.subUrl.trim() || null,
    engine: draft.engine,
    record_sub: draft.recordSub,
    enabled: draft.enabled,
    recording_mode: draft.mode,
    schedule:
      draft.mode === 'schedule' && typeof week !== 'string' ? { timezone: draft.timezone, week } : null,
    segment_minutes: draft.segmentMinutes,
    keep_days: draft.keepDays,
    keep_bytes: draft.keepGigabytes === null ? null : Math.round(draft.keepGigabytes * GB),
    volume_id: draft.volume,
    notes: draft.notes,
  }
  const entered = draft.username !== '' || draft.password !== ''
  if (draft.keepCredentials || (draft.loginLost && !entered && !draft.noLogin)) return changes
  if (draft.loginLost && draft.noLogin) return { ...changes, username: null, password: null }
  return { ...changes, username: draft.username || null, password: draft.password || null }
}

/** The field of the form that the API refused, with its words; empty where it is none of them. */
export function refused(error: unknown): DraftErrors {
  const field = error instanceof ApiError && error.field ? FIELD_OF[error.field] : undefined
  return field ? { [field]: explain(error) } : {}
}

/** Which field of the form the API's field name means. */
const FIELD_OF: Record<string, keyof Draft> = {
  name: 'name',
  url: 'url',
  sub_url: 'subUrl',
  username: 'username',
  password: 'password',
  schedule: 'week',
  segment_minutes: 'segmentMinutes',
  keep_days: 'keepDays',
  keep_bytes: 'keepGigabytes',
  volume_id: 'volume',
  notes: 'notes',
}
