import { describe, expect, it } from 'vitest'
import { tokenOf, withoutToken } from './setup-token'

describe('the token of an address', () => {
  it.each([
    ['http://nvr:7070/setup#token=a-b_c', 'a-b_c', '/setup'],
    ['http://nvr:7070/setup?token=a-b_c', 'a-b_c', '/setup'],
    ['http://nvr:7070/setup?token=old#token=new', 'new', '/setup'],
    ['http://nvr:7070/setup?a=1&token=x#b=2', 'x', '/setup?a=1#b=2'],
    ['http://nvr:7070/setup?token=%2B%3D', '+=', '/setup'],
    ['http://nvr:7070/setup', '', '/setup'],
    ['http://nvr:7070/setup#', '', '/setup'],
  ])('%s', (href, token, rest) => {
    expect(tokenOf(href)).toBe(token)
    expect(withoutToken(href)).toBe(rest)
  })
})
