/** What an entry of the audit log changed: before and after, field by field. Pure. */

import { duration } from '@/words/format'
import { weekWords } from '@/words/week'
import { spansOf, stretches, withInstants, type Times } from './summary'

export interface Line {
  field: string
  kind: 'added' | 'removed' | 'changed' | 'same'
  /** Null where there was none. */
  before: string | null
  after: string | null
}

/** How things are called that an entry has only the id or the number of. */
export interface Names extends Times {
  camera: (id: string) => string | undefined
}

type Fields = Record<string, unknown>

/** The fields of both, flat (`hours.timezone`), those that changed first. */
export function linesOf(before: Fields | null, after: Fields | null, names: Names): Line[] {
  const was = flat(before ?? {})
  const is = flat(after ?? {})
  const lines = [...new Set([...was.keys(), ...is.keys()])].map((field): Line => {
    const old = was.has(field) ? was.get(field) : undefined
    const now = is.has(field) ? is.get(field) : undefined
    const same = JSON.stringify(old) === JSON.stringify(now)
    return {
      field: fieldWords(field),
      kind: same ? 'same' : old === undefined ? 'added' : now === undefined ? 'removed' : 'changed',
      before: old === undefined ? null : valueWords(field, old, names),
      after: now === undefined ? null : valueWords(field, now, names),
    }
  })
  return [...lines.filter(({ kind }) => kind !== 'same'), ...lines.filter(({ kind }) => kind === 'same')]
}

/** Of two lists: what is in one only. Null where they are not both lists of words. */
export function listChange(
  before: unknown,
  after: unknown,
): { added: string[]; removed: string[]; kept: number } | null {
  if (!isWords(before) || !isWords(after)) return null
  return {
    added: after.filter((one) => !before.includes(one)),
    removed: before.filter((one) => !after.includes(one)),
    kept: after.filter((one) => before.includes(one)).length,
  }
}

function isWords(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

function flat(fields: Fields, prefix = '', into = new Map<string, unknown>()): Map<string, unknown> {
  for (const [name, value] of Object.entries(fields)) {
    const path = prefix + name
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
      flat(value as Fields, `${path}.`, into)
    else into.set(path, value)
  }
  return into
}

/** `keep_days` as `keep days`, `from_ms` as `from`, `footage_seconds` as `footage`. */
export function fieldWords(field: string): string {
  return field
    .split('.')
    .map((part) => (part === 'seconds' ? 'duration' : part))
    .map((part) => part.replace(/_(ms|id|seconds)$/, '').replace(/_/g, ' '))
    .join(' › ')
}

export function valueWords(field: string, value: unknown, names: Names): string {
  if (value === null || value === undefined || value === '') return 'none'
  if (value === true) return 'yes'
  if (value === false) return 'no'
  const last = field.split('.').at(-1) ?? field
  if (typeof value === 'number' && /(^|_)seconds$/.test(last)) return duration(value * 1000)
  if (typeof value === 'number')
    return last.endsWith('_ms') && value > 1e11 ? names.instant(value) : value.toLocaleString('en-GB')
  if (typeof value === 'string') {
    if (value === '***') return 'hidden'
    if (last === 'camera_id' || last === 'camera') return names.camera(value) ?? value
    return withInstants(value, names.instant)
  }
  if (!Array.isArray(value)) return JSON.stringify(value)
  if (value.length === 0) return 'none'
  const spans = spansOf(value)
  if (spans) return stretches(spans, names)
  if (last === 'week' && value.length === 7 && value.every(Array.isArray))
    return weekWords(value as string[][][])
  if (isWords(value))
    return value.map((one) => (last === 'cameras' ? (names.camera(one) ?? one) : one)).join(', ')
  return JSON.stringify(value)
}
