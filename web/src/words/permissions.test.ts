import { expect, test } from 'vitest'
import type { KnownPermission } from '@/api/people'
import { permissionGroups, permissionWords, rightsOf } from './permissions'

const known: KnownPermission[] = [
  { name: 'live.view', of_a_camera: true },
  { name: 'camera.view', of_a_camera: true },
  { name: 'ptz.control', of_a_camera: true },
  { name: 'user.manage', of_a_camera: false },
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
  const newer = [...known, { name: 'wall.drive', of_a_camera: false } as unknown as KnownPermission]
  expect(permissionGroups(newer).at(-1)).toMatchObject({
    title: 'Others',
    permissions: [{ name: 'wall.drive' }],
  })
  expect(permissionWords('wall.drive')).toEqual({ label: 'wall.drive', hint: '' })
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
