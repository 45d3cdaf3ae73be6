import { describe, expect, it } from 'vitest'
import { dueIn, parseKept, type Kept } from './renewal'

const kept: Kept = { session: 's', from: 1_000_000, until: 1_600_000 }

describe('dueIn', () => {
  it.each([
    ['just given', 1_000_000, 360_000],
    ['later', 1_300_000, 60_000],
    ['due', 1_360_000, 0],
    ['over', 9_000_000, 0],
    ['the clock was set back', 999_999, 0],
  ])('%s', (_, now, expected) => {
    expect(dueIn(kept, now)).toBe(expected)
  })

  it('leaves room for a second attempt while the token is still good', () => {
    expect(kept.from + dueIn(kept, kept.from) + 2 * 60_000).toBeLessThan(kept.until)
  })
})

describe('parseKept', () => {
  it('reads what was written', () => {
    expect(parseKept(JSON.stringify(kept))).toEqual(kept)
  })

  it.each([
    null,
    '',
    'nonsense',
    '{}',
    'null',
    '{"session":1,"from":2,"until":3}',
    '{"session":"s","from":2}',
  ])('takes nothing from %s', (text) => {
    expect(parseKept(text)).toBeNull()
  })
})
