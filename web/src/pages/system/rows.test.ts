import { expect, test } from 'vitest'
import { processes } from './rows'

const process = (name: string, role: string, change: object = {}) => ({
  name,
  role,
  running: true,
  pid: 1,
  restarts: 0,
  since: '2026-11-21T12:00:00Z',
  last_exit: '',
  ...change,
})

test('a killed recorder stays in the list', () => {
  const down = process('native-0', 'recorder', {
    running: false,
    pid: null,
    restarts: 2,
    last_exit: 'SIGKILL',
  })
  const rows = processes({ processes: [down, process('api', 'api')], recorders: [] })
  expect(rows.map(({ name, tone, restarts, lastExit }) => [name, tone, restarts, lastExit])).toEqual([
    ['native-0', 'down', 2, 'SIGKILL'],
    ['api', 'live', 0, ''],
  ])
})

test('a recorder that does not answer yet is starting', () => {
  const found = [process('native-0', 'recorder')]
  expect(processes({ processes: found, recorders: [] })[0]?.state).toBe('Starting')
  const recorders = [{ name: 'native-0', pid: 1, connected: true }]
  expect(processes({ processes: found, recorders }).map(({ state }) => state)).toEqual(['Running'])
})

test('recorders that were started alone are listed by their connection', () => {
  const [row] = processes({ processes: [], recorders: [{ name: 'libav', pid: 7, connected: true }] })
  expect(row).toMatchObject({ name: 'libav', pid: 7, since: null, restarts: null })
})
