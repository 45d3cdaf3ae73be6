import { expect, test } from 'vitest'
import { changed, rebased, setChange, toggled } from './changes'

test('what was added and what was taken away', () => {
  expect(setChange(['live.view'], ['live.view'])).toEqual({ added: [], removed: [] })
  expect(changed(setChange(['live.view', 'talk.use'], ['talk.use', 'live.view']))).toBe(false)
  expect(setChange(['live.view'], toggled(['live.view'], 'talk.use'))).toEqual({
    added: ['talk.use'],
    removed: [],
  })
  expect(toggled(['live.view', 'talk.use'], 'live.view')).toEqual(['talk.use'])
})

test('my changes are done to what the role has become meanwhile', () => {
  const base = ['live.view', 'talk.use'] as const
  expect(rebased(base, ['live.view', 'ptz.control'], ['live.view', 'talk.use', 'playback.view'])).toEqual([
    'live.view',
    'playback.view',
    'ptz.control',
  ])
  // Both took it away, both gave it: once is enough.
  expect(rebased(base, ['live.view'], ['live.view'])).toEqual(['live.view'])
  expect(rebased([], ['live.view'], ['live.view'])).toEqual(['live.view'])
})
