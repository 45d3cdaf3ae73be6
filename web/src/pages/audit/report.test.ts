import { expect, test } from 'vitest'
import type { AuditReport } from '@/api/audit'
import { cell, months, reportCsv } from './report'

test('months go back over the turn of the year', () => {
  expect(months({ year: 2026, month: 2 }, 4)).toEqual(['2026-02', '2026-01', '2025-12', '2025-11'])
})

test('cells are quoted, and none is a formula', () => {
  expect(cell('plain')).toBe('plain')
  expect(cell('a "b", c')).toBe('"a ""b"", c"')
  expect(cell('=1+1')).toBe("'=1+1")
  expect(cell('@me, you')).toBe('"\'@me, you"')
  expect(cell(-5)).toBe('-5')
  expect(cell(null)).toBe('')
})

test('each list of the report has its lines', () => {
  const span = { first: '2026-11-01T00:00:00Z', last: '2026-11-02T00:00:00Z' }
  const report = {
    logins: [{ name: 'anna', user_id: 'u', address: '192.0.2.1', count: 3, ...span }],
    failed_logins: [{ name: '=evil', user_id: null, address: '192.0.2.9', count: 40, ...span }],
    views: [
      {
        name: 'bert',
        user_id: 'b',
        camera_id: 'c',
        camera: 'Gate',
        live: 2,
        live_seconds: 90,
        playback: 0,
        snapshots: 0,
        downloads: 1,
        ...span,
      },
    ],
    permission_changes: [
      {
        actor_name: 'anna',
        action: 'role.edit',
        object_name: 'Night',
        address: '',
        at: span.first,
        detail: '',
      },
    ],
    deletions: [],
  } as unknown as AuditReport
  const lines = reportCsv(report).trimEnd().split('\r\n')
  expect(lines.slice(1)).toEqual([
    'logins,anna,,,192.0.2.1,3,,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,',
    "failed logins,'=evil,,,192.0.2.9,40,,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,",
    'views,bert,live,Gate,,2,90,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,',
    'views,bert,downloads,Gate,,1,,2026-11-01T00:00:00Z,2026-11-02T00:00:00Z,',
    'changes of permissions,anna,Changed a role,Night,,1,,2026-11-01T00:00:00Z,2026-11-01T00:00:00Z,',
  ])
})
