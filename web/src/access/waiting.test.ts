import { describe, expect, it } from 'vitest'
import { ApiError } from '@/api/client'
import { saidOf } from './waiting'

const failed = (code: string, retryAfterS?: number) =>
  new ApiError(401, code, 'As the server says.', undefined, retryAfterS)

describe('saidOf', () => {
  it.each([
    ['a first failure', failed('auth.failed'), undefined, 'User name or password are wrong.'],
    ['one too many', failed('auth.failed', 4), undefined, /wait: 4 s\.$/],
    ['while the time runs', failed('auth.failed', 900), 61_000, /wait: 1 min 1 s\.$/],
    ['when it has run out', failed('auth.failed', 900), 0, 'User name or password are wrong.'],
    ['a code', failed('auth.code_wrong', 2), undefined, /^The code is wrong.* 2 s\.$/],
    ['something else', failed('auth.busy', 5), undefined, 'As the server says.'],
    ['no answer', new Error('Gone'), undefined, 'Gone'],
  ])('%s', (_, error, wait, expected) => {
    if (typeof expected === 'string') expect(saidOf(error, wait)).toBe(expected)
    else expect(saidOf(error, wait)).toMatch(expected)
  })
})
