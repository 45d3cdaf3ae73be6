import { describe, expect, it } from 'vitest'
import { nextOf, safeNext } from './next'

const HERE = 'https://nvr.example'

describe('safeNext', () => {
  it.each([
    ['/', '/'],
    ['/cameras/gate', '/cameras/gate'],
    [
      '/playback?camera=gate&at=2026-11-21T14%3A05%3A00Z',
      '/playback?camera=gate&at=2026-11-21T14%3A05%3A00Z',
    ],
    ['/live#x', '/live#x'],
    ['/a/../cameras', '/cameras'],
  ])('goes on at %s', (next, expected) => {
    expect(safeNext(next, HERE)).toBe(expected)
  })

  it.each([
    undefined,
    '',
    'cameras',
    'https://evil.example/',
    '//evil.example/',
    '///evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/a/..//evil.example',
    'javascript:alert(1)',
    ' /cameras',
    'https://nvr.example@evil.example/',
    '/login',
    '/login?next=/login',
    '/setup#token=x',
    'http://[',
    '/\u0000//evil.example:x@y',
  ])('does not follow %j', (next) => {
    const answer = safeNext(next, HERE)
    expect(new URL(answer, HERE).origin).toBe(HERE)
    expect(answer.startsWith('//')).toBe(false)
    expect(answer === '/' || answer.startsWith('/%00')).toBe(true)
  })
})

describe('nextOf', () => {
  it.each([
    ['/', undefined],
    ['/login?next=%2Flive', undefined],
    ['/setup', undefined],
    ['/live?focus=gate', '/live?focus=gate'],
  ])('%s', (href, expected) => {
    expect(nextOf(href)).toBe(expected)
  })
})
