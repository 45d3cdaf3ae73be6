import { expect, test } from 'vitest'
import { initialPassword } from './password'

test('twenty letters in groups, none that is mistaken for another', () => {
  for (let n = 0; n < 50; n++)
    expect(initialPassword()).toMatch(/^[a-hjkmnp-z2-9]{5}(-[a-hjkmnp-z2-9]{5}){3}$/)
  expect(new Set(Array.from({ length: 50 }, () => initialPassword())).size).toBe(50)
})

test('bytes that would make some letters likelier are thrown away', () => {
  let asked = 0
  const random = (bytes: Uint8Array) => bytes.fill(asked++ === 0 ? 255 : 0)
  expect(initialPassword(random)).toBe('aaaaa-aaaaa-aaaaa-aaaaa')
  expect(asked).toBe(2)
})
