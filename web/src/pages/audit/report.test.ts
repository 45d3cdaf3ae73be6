import { expect, test } from 'vitest'
import type { AuditReport } from '@/api/audit'
import { cell, reportCsv } from './report'

test('cells are quoted, and none is a formula', () => {
  expect(cell('plain')).toBe('plain')
  expect(cell('a "b", c')).toBe('"a ""b"", c"')
  expect(cell('=1+1')).toBe("'=1+1")
  expect(cell('@me, you')).toBe('"\'@me, you"')
  expect(cell(-5)).toBe('-5')
  expect(cell(null)).toBe('')
})

test('each list of the report has its lines', () => {
  const first = '2026-11-01T00:00:00Z'
  const last = '2026-11-02T00:00:00Z'
  const span = { first, last }
  const entry = (action: string, more: object = {}) => ({
    actor_name: 'anna',
    token_name: null,
    action,
    result: 'ok',
    object_name: 'Night',
    address: '',
    at: first,
    after: null,
    detail: '',
    ...more,
  })
  const report = {
    logins: [{ name: 'anna', user_id: 'u', address: '192.0.2.1', count: 3, ...span }],
    failed_logins: [{ name: '=evil', user_id: null, address: '192.0.2.9', count: 40, ...span }],
    views: [
      {
        name: 'bert',
        user_id: 'b',
        token_name: 'panel',
        camera_id: 'c',
        camera: 'Gate',
        live: 2,
        live_seconds: 90,
        playback: 0,
        playback_seconds: 0,
        snapshots: 0,
        downloads: 1,
        ...span,
      },
    ],
    watched: [
      {
        name: 'bert',
        token_name: null,
        address: '192.0.2.2',
        camera: 'Gate',
        kind: 'playback',
        start: first,
        end: last,
        seconds: 86400,
        exact: false,
        footage: [{ start: 'a', end: 'b' }],
      },
    ],
    permission_changes: [entry('role.edit')],
    shares_opened: [entry('share.open')],
    tokens_elsewhere: [],
    refusals: [entry('access.refuse', { result: 'refused', after: { times: 7 }, detail: 'Delete' })],
    deletions: [],
  } as unknown as AuditReport
  const lines = reportCsv(report).trimEnd().split('\r\n')
  expect(lines.slice(1)).toEqual([
    `sign-ins,anna,,,,192.0.2.1,3,,${first},${last},`,
    `failed sign-ins,'=evil,,,,192.0.2.9,40,,${first},${last},`,
    `who saw what,bert,panel,live,Gate,,2,90,${first},${last},`,
    `who saw what,bert,panel,downloads,Gate,,1,,${first},${last},`,
    `views one by one,bert,,playback,Gate,192.0.2.2,1,86400,${first},${last},"ended then or later, footage a/b"`,
    `changes of permissions,anna,,Changed a role,Night,,1,,${first},${first},`,
    `share links opened,anna,,A share link was opened,Night,,1,,${first},${first},`,
    `refused,anna,,Was refused,Night,,7,,${first},${first},Delete`,
  ])
})
