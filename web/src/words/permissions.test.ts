import { expect, test } from 'vitest'
import type { KnownPermission } from '@/api/people'
import { impliedBy, permissionGroups, permissionWords, rightsOf } from './permissions'

const of = (name: string, of_a_camera: boolean, ...implies: string[]) =>
  ({ name, of_a_camera, implies, for_tokens: true, used: true }) as KnownPermission
const known: KnownPermission[] = [
  of('live.view', true, 'camera.view'),
  of('camera.view', true),
  of('ptz.control', true, 'camera.view'),
  of('user.manage', false),
]
const held = (name: string, everywhere: boolean, ...cameras: string[]) => ({
  name: name as KnownPermission['name'],
  everywhere,
  cameras,
})

test('permissions stand in groups, in the order of the page and not of the server', () => {
  const groups = permissionGroups(known)
  expect(groups.map(({ title, ofCameras }) => [title, ofCameras])).toEqual([
    ['Watching', true],
    ['Control', true],
    ['Installation', false],
  ])
  expect(groups[0]?.permissions.map(({ name }) => name)).toEqual(['camera.view', 'live.view'])
})

test('what a newer server knows is shown by its name', () => {
  const newer = [...known, of('wall.drive', false)]
  expect(permissionGroups(newer).at(-1)).toMatchObject({
    title: 'Others',
    permissions: [{ name: 'wall.drive' }],
  })
  expect(permissionWords('wall.drive')).toEqual({ label: 'wall.drive', hint: '', doing: 'wall.drive' })
})

test('who may do anything with a camera sees it', () => {
  expect([...impliedBy(known, ['live.view'])]).toEqual(['camera.view'])
  expect([...impliedBy(known, ['live.view', 'ptz.control'])]).toEqual(['camera.view'])
  expect([...impliedBy(known, ['camera.view', 'user.manage'])]).toEqual([])
})

test('cameras with the same rights stand together, those without any last', () => {
  const rights = rightsOf(
    [
      held('camera.view', false, 'a', 'b', 'c'),
      held('live.view', false, 'a', 'c'),
      held('ptz.control', false),
      held('user.manage', false),
    ],
    known,
    ['a', 'b', 'c', 'd'],
  )
  expect(rights).toEqual({
    installation: [],
    everyCamera: [],
    cameras: [
      { ids: ['a', 'c'], permissions: ['camera.view', 'live.view'] },
      { ids: ['b'], permissions: ['camera.view'] },
      { ids: ['d'], permissions: [] },
    ],
  })
})

test('what is held everywhere is held on every camera', () => {
  const rights = rightsOf(
    [held('live.view', true), held('user.manage', true), held('ptz.control', false, 'b')],
    known,
    ['a', 'b'],
  )
  expect(rights.installation).toEqual(['user.manage'])
  expect(rights.everyCamera).toEqual(['live.view'])
  expect(rights.cameras).toEqual([
    { ids: ['b'], permissions: ['live.view', 'ptz.control'] },
    { ids: ['a'], permissions: ['live.view'] },
  ])
})
