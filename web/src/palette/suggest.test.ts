import { expect, test } from 'vitest'
import type { Permission } from '@/api/types'
import { PAGES } from '@/frame/pages'
import { suggest } from './suggest'

const NOW = Date.parse('2026-11-21T14:00:00Z')
const cameras = ['Gate', 'Car park north', 'Warehouse aisle 4'].map((name, id) => ({
  id: String(id),
  slug: name.toLowerCase().replaceAll(' ', '-'),
  name,
  allowed: ['camera.view', 'live.view', 'playback.view'] as Permission[],
}))
const offer = (text: string) =>
  suggest(text, cameras, PAGES, 'UTC', NOW).map(({ kind, label }) => `${kind}: ${label}`)

test('nothing typed offers the pages', () => {
  expect(offer('')[0]).toBe('page: Overview')
  expect(offer('').every((line) => line.startsWith('page'))).toBe(true)
})

test('a camera by the beginnings of its words', () => {
  expect(offer('ca no')).toEqual([
    'live: Car park north, live',
    'camera: Car park north, settings and health',
  ])
  expect(offer('cam')).toEqual(['page: Cameras'])
})

test('an instant comes first, for one camera or for all', () => {
  expect(offer('gate yesterday 14:05')[0]).toBe('instant: Gate, Fri 20 Nov 14:05:00')
  expect(offer('13:00').filter((line) => line.startsWith('instant'))).toHaveLength(3)
})

test('what one may not do is not offered', () => {
  const [gate] = cameras.map((camera) => ({ ...camera, allowed: ['camera.view' as const] }))
  const [overview] = PAGES
  const found = (text: string) =>
    suggest(text, gate ? [gate] : [], [overview], 'UTC', NOW).map(({ kind }) => kind)
  expect(found('')).toEqual(['page'])
  expect(found('gate')).toEqual(['camera'])
  expect(found('gate yesterday 14:05')).toEqual([])
})

test('what matches nothing offers nothing', () => expect(offer('zzz')).toEqual([]))
