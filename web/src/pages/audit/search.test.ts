import { expect, test } from 'vitest'
import { auditSearch, filterOf, isId, withFilter } from './search'

test('only filters are taken out of the address', () => {
  expect(
    auditSearch({
      actor: 'anna',
      text: 12,
      action: '',
      result: 'refused',
      token: 'panel',
      nonsense: 'x',
      from: 'yesterday',
      to: '2026-11-21T12:00:00Z',
      entry: 7,
    }),
  ).toEqual({
    actor: 'anna',
    text: '12',
    result: 'refused',
    token: 'panel',
    to: '2026-11-21T12:00:00Z',
    entry: 7,
  })
  expect(auditSearch({ result: 'maybe', entry: -1, actor: { a: 1 } })).toEqual({})
})

test('a filter is set and taken away, the others stay', () => {
  const search = { actor: 'anna', entry: 7 }
  expect(withFilter(search, 'result', 'ok')).toEqual({ actor: 'anna', entry: 7, result: 'ok' })
  expect(withFilter(search, 'actor', '')).toEqual({ entry: 7 })
  expect(filterOf(search)).toEqual({ actor: 'anna' })
})

test('an id is known from a name', () => {
  expect(isId('0193b0c0-7a7a-7000-8000-00000000abcd')).toBe(true)
  expect(isId('anna')).toBe(false)
})
