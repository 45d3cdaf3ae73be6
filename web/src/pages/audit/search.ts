/** The filters of the audit log in the address of the page. Pure. */

import type { AuditFilter } from '@/api/audit'

export interface AuditSearch extends AuditFilter {
  /** The entry that is open. */
  entry?: number
}

const TEXTS = [
  'actor',
  'action',
  'object',
  'camera',
  'address',
  'from',
  'to',
  'text',
  'token',
  'share',
] as const
const RESULTS = ['ok', 'denied', 'failed', 'refused'] as const

/** Only what is a filter, as text; anything else in the address is left out. */
export function auditSearch(search: Record<string, unknown>): AuditSearch {
  const found: AuditSearch = {}
  for (const name of TEXTS) {
    const value = search[name]
    // The router reads `?text=12` as a number.
    if (typeof value !== 'string' && typeof value !== 'number') continue
    const text = String(value)
    const instant = name === 'from' || name === 'to'
    if (text && !(instant && Number.isNaN(Date.parse(text)))) found[name] = text
  }
  const result = RESULTS.find((one) => one === search.result)
  if (result) found.result = result
  if (typeof search.entry === 'number' && Number.isSafeInteger(search.entry) && search.entry > 0)
    found.entry = search.entry
  return found
}

/** The filters alone, always in one order: they are a key of the cache. */
export function filterOf(search: AuditSearch): AuditFilter {
  const filter: AuditSearch = { ...search }
  delete filter.entry
  return filter
}

/** With one filter set, or taken away by an empty value. */
export function withFilter<N extends keyof AuditFilter>(
  search: AuditSearch,
  name: N,
  value: AuditFilter[N] | '' | null,
): AuditSearch {
  const next = { ...search }
  if (value) next[name] = value
  else Reflect.deleteProperty(next, name)
  return next
}

/** An id: an exact one, not a part of a name. */
export function isId(text: string | undefined): boolean {
  return text !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
}
