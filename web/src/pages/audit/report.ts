/** The report of a month as a file for spreadsheets. Pure. */

import type { AuditReport } from '@/api/audit'
import { actionWords } from '@/words/audit'

/** The months that a report can be made of, the present one first. */
export function months(now: { year: number; month: number }, many = 36): string[] {
  return Array.from({ length: many }, (_, back) => {
    const index = now.year * 12 + now.month - 1 - back
    return `${String(Math.floor(index / 12))}-${String((index % 12) + 1).padStart(2, '0')}`
  })
}

/** One line for each thing that the report lists; the first column says which list it is of. */
export function reportCsv(report: AuditReport): string {
  const rows: (string | number | null)[][] = [
    ['list', 'who', 'what', 'camera or object', 'address', 'count', 'seconds', 'first', 'last', 'detail'],
  ]
  for (const [list, logins] of [
    ['logins', report.logins],
    ['failed logins', report.failed_logins],
  ] as const)
    for (const one of logins)
      rows.push([list, one.name, '', '', one.address, one.count, '', one.first, one.last, ''])
  for (const one of report.views) {
    const counts: [string, number][] = [
      ['live', one.live],
      ['playback', one.playback],
      ['stills', one.snapshots],
      ['downloads', one.downloads],
    ]
    for (const [what, count] of counts)
      if (count > 0)
        rows.push([
          'views',
          one.name,
          what,
          one.camera ?? one.camera_id,
          '',
          count,
          what === 'live' ? one.live_seconds : '',
          one.first,
          one.last,
          '',
        ])
  }
  for (const [list, entries] of [
    ['changes of permissions', report.permission_changes],
    ['deletions', report.deletions],
  ] as const)
    for (const one of entries)
      rows.push([
        list,
        one.actor_name,
        actionWords(one.action),
        one.object_name ?? one.object_id,
        one.address,
        1,
        '',
        one.at,
        one.at,
        one.detail,
      ])
  return rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n'
}

/** A cell as RFC 4180 has it; what a spreadsheet would take for a formula begins with an apostrophe. */
export function cell(value: string | number | null): string {
  const text = value === null ? '' : String(value)
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
