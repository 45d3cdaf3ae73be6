import { describe, expect, it } from 'vitest'
import { isGoodPassword } from './password'

describe('isGoodPassword', () => {
  it.each([
    ['three random words', 'anna', true],
    ['abcd567890', 'anna', true],
    ['abcd56789', 'anna', false],
    ['', '', false],
    ['aaabbbcccaaa', 'anna', false],
    ['AnnaMaria.Huber', ' annamaria.huber', false],
    ['x'.repeat(100) + 'abcd'.repeat(39), 'anna', true],
    ['x'.repeat(100) + 'abcd'.repeat(40), 'anna', false],
    // Ten characters, though each takes two code units.
    ['🐢🐇🦊🐻🐼🐨🐯🦁🐮🐷', 'anna', true],
  ])('%s', (password, username, expected) => {
    expect(isGoodPassword(password, username)).toBe(expected)
  })
})
