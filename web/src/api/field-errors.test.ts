import { expect, test } from 'vitest'
import { ApiError } from './client'
import { errorAt, errorBeside } from './field-errors'

const taken = new ApiError(409, 'zone.name', 'There is a zone of that name.', 'name')

test('what names a field stands at the field, and nowhere else', () => {
  expect(errorAt(taken, 'name')).toBe('There is a zone of that name.')
  expect(errorAt(taken, 'description')).toBeUndefined()
  expect(errorBeside(taken, 'name')).toBeNull()
})

test('what names none, or one that the form does not have, stands by itself', () => {
  expect(errorBeside(taken, 'description')).toBe(taken)
  const other = new Error('No answer')
  expect(errorAt(other, 'name')).toBeUndefined()
  expect(errorBeside(other, 'name')).toBe(other)
  expect(errorBeside(null, 'name')).toBeNull()
})
