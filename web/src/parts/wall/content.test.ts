import { describe, expect, test } from 'vitest'
import type { Wall } from '@/api/walls'
import {
  bodyOf,
  clear,
  contentOf,
  EVERYTHING,
  pagesOf,
  summary,
  placesOf,
  put,
  readContent,
  same,
  swap,
  withStream,
  type Content,
  type Places,
} from './content'

const tile = (camera: string) => ({ camera, stream: 'auto' as const })
const wall = (layout: Content['layout'], ...cameras: (string | null)[]): Content => ({
  ...EVERYTHING,
  layout,
  source: 'tiles',
  tiles: cameras.map((camera) => (camera === null ? null : tile(camera))),
})
const shown = (places: Places) => places.map((one) => one?.camera ?? null)
const ZONES = [{ id: 'z', name: 'Front', cameras: ['b', 'gone'] }]

describe('what stands where', () => {
  test.each<[string, Content, (string | null)[]]>([
    ['all cameras', EVERYTHING, ['a', 'b', 'c']],
    ['those of a zone', { ...EVERYTHING, source: 'zone', zone: 'z' }, ['b']],
    ['a zone that is gone', { ...EVERYTHING, source: 'zone', zone: null }, []],
    [
      'by hand, without what may not be seen',
      wall('2x2', 'c', 'secret', null, 'a', 'secret'),
      ['c', null, null, 'a'],
    ],
  ])('%s', (_, content, expected) => {
    expect(shown(placesOf(content, ['a', 'b', 'c'], ZONES))).toEqual(expected)
  })
})

describe('arranging', () => {
  test.each<[string, Content, (string | null)[]]>([
    ['a camera on an empty place', put(wall('2x2', 'a'), [tile('a')], 2, 'b'), ['a', null, 'b']],
    ['a camera over another', put(wall('2x2', 'a'), [tile('a')], 0, 'b'), ['b']],
    [
      'one that is on the page moves',
      put(wall('2x2', 'a', 'b'), [tile('a'), tile('b')], 3, 'a'),
      [null, 'b', null, 'a'],
    ],
    [
      'one that is on another page stays there, too',
      put(wall('1', 'a', 'b'), [tile('a'), tile('b')], 1, 'a'),
      ['a', 'a'],
    ],
    ['two exchange', swap(wall('2x2', 'a', 'b'), [tile('a'), tile('b')], 0, 1), ['b', 'a']],
    ['taken away', clear(wall('2x2', 'a', 'b'), [tile('a'), tile('b')], 0), [null, 'b']],
    ['taken away where the grid grows', clear(wall('auto', 'a', 'b'), [tile('a'), tile('b')], 0), ['b']],
    ['taken away at the end', clear(wall('2x2', 'a', 'b'), [tile('a'), tile('b')], 1), ['a']],
  ])('%s', (_, content, expected) => {
    expect(content.source).toBe('tiles')
    expect(shown(content.tiles)).toEqual(expected)
  })

  test('begins with what is shown', () => {
    const content = swap({ ...EVERYTHING, source: 'zone', zone: 'z' }, [tile('a'), tile('b')], 0, 1)
    expect([content.source, content.zone, shown(content.tiles)]).toEqual(['tiles', null, ['b', 'a']])
  })

  test('the stream of a tile', () => {
    const content = withStream(wall('2x2', 'a', 'b'), [tile('a'), tile('b')], 1, 'main')
    expect(content.tiles[1]).toEqual({ camera: 'b', stream: 'main' })
  })
})

test.each([
  ['2x2', 4, false, 1],
  ['2x2', 5, false, 2],
  ['2x2', 4, true, 2],
  ['2x2', 3, true, 1],
  ['2x2', 64, true, 16],
  ['8x8', 64, true, 1],
  ['1+5', 60, true, 10],
  ['auto', 20, true, 1],
  ['3x3', 0, false, 1],
] as const)('%s with %d places, spare: %s, has %d pages', (layout, count, spare, pages) => {
  expect(
    pagesOf(
      layout,
      Array.from({ length: count }, () => tile('a')),
      spare,
    ),
  ).toBe(pages)
})

test('to the API and back', () => {
  const content = { ...wall('1+5', 'a', null, 'b'), sequence: true, seconds: 7 }
  const body = bodyOf(content)
  expect(body.tiles).toEqual([
    { place: 0, camera_id: 'a', stream: 'auto' },
    { place: 2, camera_id: 'b', stream: 'auto' },
  ])
  const back = contentOf({ zone_id: null, ...body } as unknown as Wall)
  expect(same(back, content)).toBe(true)
  expect(same(back, { ...content, seconds: 8 })).toBe(false)
})

test.each<[unknown, boolean]>([
  [{ ...EVERYTHING }, true],
  [{ layout: '5x5', source: 'all' }, false],
  [{ layout: '2x2', source: 'tiles', tiles: [null, { camera: 'a', stream: 'x' }, 3] }, true],
  ['nonsense', false],
  [null, false],
])('what was kept: %j', (kept, good) => {
  const read = readContent(kept)
  expect(read !== null).toBe(good)
  if (read) expect(read.tiles.every((one) => one === null || one.stream === 'auto')).toBe(true)
})

describe('a wall in a line', () => {
  const zones = [{ id: 'z', name: 'Yard', cameras: [] }]
  test.each([
    [EVERYTHING, 'All that fit, all cameras'],
    [{ ...EVERYTHING, layout: '1', sequence: true, seconds: 5 }, 'One, all cameras, a page every 5 s'],
    [{ ...EVERYTHING, source: 'zone', zone: 'z' }, 'All that fit, the zone Yard'],
    [{ ...EVERYTHING, source: 'zone', zone: 'y' }, 'All that fit, the zone that is gone'],
    [
      { ...EVERYTHING, layout: '2x2', source: 'tiles', tiles: [null, { camera: 'a', stream: 'auto' }] },
      '2 × 2, 1 camera',
    ],
  ] as const)('%o', (content, wanted) => expect(summary(content, zones)).toBe(wanted))
})
