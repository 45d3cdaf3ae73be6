/** A grant as it is typed, and what becomes of it. Pure. */

import type { Grant, GrantCreate } from '@/api/people'
import { fromLocal, toLocal } from '@/words/local-time'
import { formatWeek, parseWeek, WORKING_HOURS } from '@/words/week'
import type { Week } from '@/api/types'

export type Subject = { user: string } | { group: string }
export type Where = 'everywhere' | 'zone' | 'camera'

export interface GrantDraft {
  subject: Subject | null
  role: string | null
  where: Where
  zone: string | null
  camera: string | null
  /** Wall times as fields hold them; empty is no limit. */
  from: string
  until: string
  hours: boolean
  week: string[]
  timezone: string
}

export type GrantErrors = Partial<Record<'subject' | 'role' | 'zone' | 'camera' | 'until' | 'week', string>>

/** `zone` is the time zone that times are typed in. */
export function emptyGrant(zone: string): GrantDraft {
  return {
    subject: null,
    role: null,
    where: 'everywhere',
    zone: null,
    camera: null,
    from: '',
    until: '',
    hours: false,
    week: formatWeek(WORKING_HOURS),
    timezone: zone,
  }
}

export function grantDraft(grant: Grant, zone: string): GrantDraft {
  const hours = grant.hours as { timezone: string; week: Week } | null
  return {
    ...emptyGrant(zone),
    subject: grant.user_id ? { user: grant.user_id } : grant.group_id ? { group: grant.group_id } : null,
    role: grant.role_id,
    where: grant.zone_id ? 'zone' : grant.camera_id ? 'camera' : 'everywhere',
    zone: grant.zone_id,
    camera: grant.camera_id,
    from: grant.valid_from ? toLocal(Date.parse(grant.valid_from), zone) : '',
    until: grant.valid_until ? toLocal(Date.parse(grant.valid_until), zone) : '',
    ...(hours && { hours: true, week: formatWeek(hours.week), timezone: hours.timezone }),
  }
}

export function grantErrors(draft: GrantDraft, zone: string): GrantErrors {
  const errors: GrantErrors = {}
  if (!draft.subject) errors.subject = 'Choose who it is for.'
  if (!draft.role) errors.role = 'Choose a role.'
  if (draft.where === 'zone' && !draft.zone) errors.zone = 'Choose a zone.'
  if (draft.where === 'camera' && !draft.camera) errors.camera = 'Choose a camera.'
  const from = fromLocal(draft.from, zone)
  const until = fromLocal(draft.until, zone)
  if (from !== null && until !== null && until <= from) errors.until = 'The end must be after the beginning.'
  const week = parseWeek(draft.week, 'Name hours on at least one day.')
  if (draft.hours && typeof week === 'string') errors.week = week
  return errors
}

/** What the API is asked for; of a draft without errors. */
export function grantBody(draft: GrantDraft, zone: string): GrantCreate {
  const from = fromLocal(draft.from, zone)
  const until = fromLocal(draft.until, zone)
  const week = parseWeek(draft.week)
  return {
    user_id: draft.subject && 'user' in draft.subject ? draft.subject.user : null,
    group_id: draft.subject && 'group' in draft.subject ? draft.subject.group : null,
    role_id: draft.role ?? '',
    zone_id: draft.where === 'zone' ? draft.zone : null,
    camera_id: draft.where === 'camera' ? draft.camera : null,
    valid_from: from === null ? null : new Date(from).toISOString(),
    valid_until: until === null ? null : new Date(until).toISOString(),
    hours: draft.hours && typeof week !== 'string' ? { timezone: draft.timezone, week } : null,
  }
}
