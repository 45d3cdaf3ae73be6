import { describe, expect, it } from 'vitest'
import type { Permission } from '@/api/types'
import { NOBODY } from '@/access/may'
import { PAGES, pagesFor } from './pages'

const WATCHES: Permission[] = ['camera.view', 'live.view', 'playback.view']

describe('pagesFor', () => {
  it.each([
    ['nothing', [], ['Overview']],
    ['watches', WATCHES, ['Overview', 'Live', 'Playback', 'Cameras', 'Recordings']],
    ['live only', ['live.view'], ['Overview', 'Live']],
    [
      'operator',
      [...WATCHES, 'storage.view', 'system.view'],
      ['Overview', 'Live', 'Playback', 'Cameras', 'Recordings', 'Storage', 'System'],
    ],
    ['auditor', ['audit.view'], ['Overview', 'Administration']],
  ] as [string, Permission[], string[]][])('%s', (_, permissions, expected) => {
    expect(pagesFor({ ...NOBODY, permissions }).map(({ label }) => label)).toEqual(expected)
  })

  it('has a key of its own for each page', () => {
    expect(new Set(PAGES.map(({ key }) => key)).size).toBe(PAGES.length)
  })
})
