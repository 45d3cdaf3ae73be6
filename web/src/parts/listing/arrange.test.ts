import { expect, test } from 'vitest'
import { matching, ordered, orderOf, orderText, turned } from './arrange'

const NAME = { by: 'name', down: false }

test('every word has to be there, in any order and case', () => {
  const names = ['Front gate', 'Gate, back', 'Yard']
  const found = (wanted: string) => matching(names, wanted, (name) => name)
  expect(found('GATE')).toEqual(['Front gate', 'Gate, back'])
  expect(found(' gate  front ')).toEqual(['Front gate'])
  expect(found('')).toEqual(names)
  expect(found('nobody')).toEqual([])
})

test('names are sorted as a person does', () => {
  const names = ['Gate 10', 'gate 2', 'Älpli', 'Gate 1', 'Yard']
  expect(ordered(names, (name) => name, false)).toEqual(['Älpli', 'Gate 1', 'gate 2', 'Gate 10', 'Yard'])
  expect(ordered(names, (name) => name, true)).toEqual(['Yard', 'Gate 10', 'gate 2', 'Gate 1', 'Älpli'])
})

test('what has no value stands at the end either way', () => {
  const seen = [{ at: 3 }, { at: null }, { at: 1 }]
  expect(ordered(seen, ({ at }) => at, false).map(({ at }) => at)).toEqual([1, 3, null])
  expect(ordered(seen, ({ at }) => at, true).map(({ at }) => at)).toEqual([3, 1, null])
})

test('a head sorts by its column, and again the other way', () => {
  expect(turned(NAME, 'seen')).toEqual({ by: 'seen', down: false })
  expect(turned(NAME, 'name')).toEqual({ by: 'name', down: true })
})

test.each([
  [undefined, NAME],
  ['-seen', { by: 'seen', down: true }],
  ['seen', { by: 'seen', down: false }],
  ['-nothing', NAME],
  ['', NAME],
])('%s in the address', (text, order) => {
  expect(orderOf(text, ['name', 'seen'], NAME)).toEqual(order)
  if (text === '-seen') expect(orderText(order)).toBe(text)
})
