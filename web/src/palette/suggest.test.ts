import { expect, test } from 'vitest'
import { suggest } from './suggest'

const NOW = Date.parse('2026-11-21T14:00:00Z')
const cameras = ['Gate', 'Car park north', 'Warehouse aisle 4'].map((name, id) => ({
  id: String(id),
  slug: name.toLowerCase().replaceAll(' ', '-'),
  name,
}))
const offer = (text: string) =>
  suggest(text, cameras, 'UTC', NOW).map(({ kind, label }) => `${kind}: ${label}`)

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

test('what matches nothing offers nothing', () => expect(offer('zzz')).toEqual([]))
