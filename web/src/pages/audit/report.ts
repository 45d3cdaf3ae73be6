/** The report of a period as a file for spreadsheets. Pure. */

import type { AuditEntry, AuditReport } from '@/api/audit'
import { actionWords } from '@/words/audit'

type Cell = string | number | null

const HEAD = [
  'list',
  'who',
  'token',
  'what',
  'camera or object',
  'address',
  'count',
  'seconds',
  'first',
  'last',
  'detail',
]

/** The lists of entries, under the names that they have on the page and in the file. */
export const ENTRY_LISTS = [
  ['permission_changes', 'Changes of permissions'],
  ['shares_opened', 'Share links opened'],
  ['tokens_elsewhere', 'API tokens used from elsewhere'],
  ['refusals', 'Refused'],
  ['deletions', 'Deletions'],
] as const satisfies readonly (readonly [keyof AuditReport, string])[]

/** One line for each thing that the report lists; the first column says which list it is of. */
export function reportCsv(report: AuditReport): string {
  const rows: Cell[][] = [HEAD]
  for (const [list, logins] of [
    ['sign-ins', report.logins],
    ['failed sign-ins', report.failed_logins],
  ] as const)
    for (const one of logins)
      rows.push([list, one.name, null, null, null, one.address, one.count, null, one.first, one.last, null])
  for (const one of report.views) {
    const counts: [string, number, number | null][] = [
      ['live', one.live, one.live_seconds],
      ['playback', one.playback, one.playback_seconds],
      ['stills', one.snapshots, null],
      ['downloads', one.downloads, null],
    ]
    const camera = one.camera ?? one.camera_id
    for (const [what, count, seconds] of counts)
      if (count > 0)
        rows.push([
          'who saw what',
          one.name,
          one.token_name,
          what,
          camera,
          null,
          count,
          seconds,
          one.first,
          one.last,
          null,
        ])
  }
  for (const one of report.watched)
    rows.push([
      'views one by one',
      one.name,
      one.token_name,
      one.kind,
      one.camera ?? one.camera_id,
      one.address,
      1,
      one.seconds,
      one.start,
      one.end,
      [
        one.exact ? '' : 'ended then or later',
        one.footage.map(({ start, end }) => `footage ${start}/${end}`).join(' '),
      ]
        .filter(Boolean)
        .join(', '),
    ])
  for (const [name, list] of ENTRY_LISTS)
    for (const one of report[name]) rows.push(entryRow(list.toLowerCase(), one))
  return rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n'
}

function entryRow(list: string, one: AuditEntry): Cell[] {
  const times = typeof one.after?.['times'] === 'number' ? one.after['times'] : 1
  return [
    list,
    one.actor_name,
    one.token_name,
    one.sentence ?? actionWords(one.action, one.result),
    one.object_name ?? one.object_id,
    one.address,
    times,
    null,
    one.at,
    one.at,
    one.detail,
  ]
}

/** A cell as RFC 4180 has it; what a spreadsheet would take for a formula begins with an apostrophe. */
export function cell(value: Cell): string {
  const text = value === null ? '' : String(value)
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
