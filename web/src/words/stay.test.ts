import { expect, test } from 'vitest'
import { aboutDays, dailyBytes, diskDaily, diskRoom, disks, roomLeft, totalRoom, volumeName } from './stay'

test('bytes a day come from what is there', () => {
  const stats = { bytes: 2_000, oldest: '2026-11-19T00:00:00Z', newest: '2026-11-21T00:00:00Z' }
  expect(dailyBytes(stats)).toBe(1_000)
  expect(dailyBytes({ ...stats, newest: '2026-11-19T00:59:00Z' })).toBeNull()
  expect(dailyBytes({ bytes: 0, oldest: null, newest: null })).toBeNull()
})

test.each([
  [{ free_bytes: 300, total_bytes: 1000, headroom_percent: 10 }, 200],
  [{ free_bytes: 50, total_bytes: 1000, headroom_percent: 10 }, 0],
  [{ free_bytes: null, total_bytes: null, headroom_percent: 10 }, null],
])('room in %o', (volume, expected) => expect(roomLeft(volume)).toBe(expected))

test.each([
  [1000, 'about 3 years'],
  [26.1, 'about 26 days'],
  [1.5, 'about 36 h'],
  [0.01, 'less than an hour'],
])('%d days', (days, text) => expect(aboutDays(days)).toBe(text))

const volume = (disk: number | null, change: object = {}) => ({
  disk,
  free_bytes: disk === null ? null : 300,
  total_bytes: disk === null ? null : 1000,
  headroom_percent: 10,
  keep_bytes: null,
  bytes: 0,
  oldest: null,
  newest: null,
  ...change,
})

test('one disk is counted once', () => {
  expect(totalRoom([volume(1), volume(1)])).toBe(200)
  expect(totalRoom([volume(1), volume(2)])).toBe(400)
  expect(totalRoom([volume(1), volume(null)])).toBe(200)
  expect(totalRoom([volume(null)])).toBeNull()
  expect(totalRoom([])).toBeNull()
  expect(
    disks([volume(1), volume(null), volume(2), volume(1), volume(null)]).map(({ length }) => length),
  ).toEqual([2, 1, 1, 1])
})

test('of volumes on one disk the one that keeps most free decides, and limits add up', () => {
  expect(diskRoom([volume(1), volume(1, { headroom_percent: 20 })])).toBe(100)
  expect(diskRoom([volume(1, { keep_bytes: 50, bytes: 20 })])).toBe(30)
  expect(diskRoom([volume(1, { keep_bytes: 50, bytes: 60 })])).toBe(0)
  expect(diskRoom([volume(1, { keep_bytes: 50, bytes: 20 }), volume(1)])).toBe(200)
})

test('a disk fills by all that is written to it', () => {
  const full = { bytes: 2_000, oldest: '2026-11-19T00:00:00Z', newest: '2026-11-21T00:00:00Z' }
  expect(diskDaily([full, full])).toBe(2_000)
  expect(diskDaily([full, { bytes: 0, oldest: null, newest: null }])).toBe(1_000)
  expect(diskDaily([])).toBeNull()
})

test.each([
  ['/mnt/big', [], 'Big'],
  ['/mnt/footage/', ['footage'], 'Mnt'],
  ['/footage', ['footage', 'FOOTAGE 2'], 'Footage 3'],
  ['/', [], 'Footage'],
])('a volume at %s beside %j is called %s', (location, taken, name) =>
  expect(volumeName(location, taken)).toBe(name),
)
