import { expect, test } from 'vitest'
import type { Reviewed } from '../reviewed'
import { everyone, leadOf, slugsOf, tilesFor } from './shown'

const camera = (slug: string): Reviewed => ({
  id: `id of ${slug}`,
  slug,
  name: slug.toUpperCase(),
  removed: false,
  sub: true,
  tone: 'recording',
  recording: true,
  live: true,
  download: true,
})

const known = [camera('gate'), camera('yard'), camera('dock')]
const slugs = ['yard', null, 'attic', 'gate']

test('who is only in the address stands in its place, by its name where that is known', () => {
  const all = everyone(known, slugs, new Map([['attic', 'The attic']]))
  expect(all.map(({ slug, name, missing }) => [slug, name, missing])).toEqual([
    ['gate', 'GATE', false],
    ['yard', 'YARD', false],
    ['dock', 'DOCK', false],
    ['attic', 'The attic', true],
  ])
  expect(everyone(known, slugs, new Map()).at(-1)?.name).toBe('attic')
})

test('places to tiles and back', () => {
  const all = everyone(known, slugs, new Map())
  const tiles = tilesFor(all, slugs)
  expect(tiles.map((tile) => tile?.camera ?? null)).toEqual([
    'id of yard',
    null,
    'missing attic',
    'id of gate',
  ])
  expect(slugsOf(all, tiles)).toEqual(slugs)
})

test('the selected one is the one of the address, else that of the first place', () => {
  const all = everyone(known, slugs, new Map())
  expect(leadOf(all, slugs, undefined)?.slug).toBe('yard')
  expect(leadOf(all, slugs, 'gate')?.slug).toBe('gate')
  expect(leadOf(all, slugs, 'dock')?.slug).toBe('yard')
  expect(leadOf(all, [null, 'dock'], undefined)?.slug).toBe('dock')
  expect(leadOf(all, [null], undefined)).toBeUndefined()
})
