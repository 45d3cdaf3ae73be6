import { expect, test } from 'vitest'
import { changesBetween, clashes, merge } from './merge'

const base = { name: 'Front', description: '', cameras: ['a'] }

test('only what differs is a change', () => {
  expect(changesBetween(base, { ...base, cameras: ['a'] })).toEqual({})
  expect(changesBetween(base, { ...base, cameras: ['a', 'b'], name: 'Gate' })).toEqual({
    cameras: ['a', 'b'],
    name: 'Gate',
  })
})

test('changes of different fields go together', () => {
  const mine = { ...base, name: 'Gate' }
  const theirs = { ...base, cameras: ['b'] }
  expect(merge(base, mine, theirs)).toEqual({ name: 'Gate', description: '', cameras: ['b'] })
  expect(clashes(base, mine, theirs)).toEqual([])
})

test('a field that both changed is a clash, unless they changed it to the same', () => {
  const mine = { ...base, name: 'Gate', description: 'north' }
  expect(clashes(base, mine, { ...base, name: 'Door', description: 'north' })).toEqual(['name'])
  expect(merge(base, mine, { ...base, name: 'Door' }).name).toBe('Gate')
})
