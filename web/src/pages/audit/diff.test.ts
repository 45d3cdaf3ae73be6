import { describe, expect, test } from 'vitest'
import { fieldWords, linesOf, listChange, valueWords } from './diff'

const names = {
  camera: (id: string) => ({ c1: 'Gate' })[id],
  instant: (ms: number) => `at ${ms}`,
  stretch: (start: number, end: number) => `${start} to ${end}`,
}

test('changed fields come first, with what they were and are', () => {
  expect(linesOf({ name: 'Front', notes: 'old' }, { name: 'Front', notes: 'new' }, names)).toEqual([
    { field: 'notes', kind: 'changed', before: 'old', after: 'new' },
    { field: 'name', kind: 'same', before: 'Front', after: 'Front' },
  ])
})

test('of a new thing everything is added, of a deleted one removed', () => {
  expect(linesOf(null, { name: 'Front' }, names)).toEqual([
    { field: 'name', kind: 'added', before: null, after: 'Front' },
  ])
  expect(linesOf({ name: 'Front' }, null, names)[0]).toMatchObject({
    kind: 'removed',
    before: 'Front',
    after: null,
  })
  expect(linesOf(null, null, names)).toEqual([])
})

test('a field that became nothing is a change, not a removal', () => {
  expect(linesOf({ email: 'a@b' }, { email: null }, names)).toEqual([
    { field: 'email', kind: 'changed', before: 'a@b', after: 'none' },
  ])
})

test('what is in objects is compared field by field', () => {
  const hours = (timezone: string) => ({
    hours: { timezone, week: [[['08:00', '18:00']], [], [], [], [], [], []] },
  })
  expect(linesOf(hours('UTC'), hours('Europe/Vienna'), names)).toEqual([
    { field: 'hours › timezone', kind: 'changed', before: 'UTC', after: 'Europe/Vienna' },
    { field: 'hours › week', kind: 'same', before: 'Mon 08:00–18:00', after: 'Mon 08:00–18:00' },
  ])
})

describe('values in words', () => {
  test.each([
    ['from_ms', 1_800_000_000_000, 'at 1800000000000'],
    ['seconds', 12_000, '3 h 20 min'],
    ['footage_seconds', 0, '0 ms'],
    ['start', '1970-01-01T00:00:01.000Z', 'at 1000'],
    ['spans', [{ from: '1970-01-01T00:00:01Z', to: '1970-01-01T00:00:02Z' }], '1000 to 2000'],
    ['part_ms', 500, '500'],
    ['cameras', ['c1', 'c2'], 'Gate, c2'],
    ['camera_id', 'c1', 'Gate'],
    ['permissions', [], 'none'],
    ['enabled', false, 'no'],
    ['password', '***', 'hidden'],
    ['odd', [{ a: 1 }], '[{"a":1}]'],
  ])('%s', (field, value, words) => expect(valueWords(field, value, names)).toBe(words))
})

test('lists tell what came and went', () => {
  expect(listChange(['a', 'b'], ['b', 'c'])).toEqual({ added: ['c'], removed: ['a'], kept: 1 })
  expect(listChange(['a'], null)).toBeNull()
})

test('names of fields', () => {
  expect(fieldWords('keep_days')).toBe('keep days')
  expect(fieldWords('main.url')).toBe('main › url')
  expect(fieldWords('from_ms')).toBe('from')
  expect(fieldWords('seconds')).toBe('duration')
  expect(fieldWords('footage_seconds')).toBe('footage')
})
