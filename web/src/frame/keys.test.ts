import { expect, test } from 'vitest'
import { keyHelp } from './keys'
import { PAGES } from './pages'

test.each([
  ['/playback', ['Playback', 'Everywhere', 'Live']],
  ['/live', ['Live', 'Everywhere', 'Playback']],
  ['/cameras/gate', ['Everywhere', 'Live', 'Playback']],
  ['/', ['Everywhere', 'Live', 'Playback']],
])('on %s its own keys come first', (here, expected) => {
  expect(keyHelp(PAGES, here).map(({ title }) => title)).toEqual(expected)
})

test('who may not play back is told no keys of it', () => {
  const pages = PAGES.filter(({ to }) => to !== '/playback')
  expect(keyHelp(pages, '/live').map(({ title }) => title)).toEqual(['Live', 'Everywhere'])
})
