/** What may be permitted, in words. Pure. */

import type { KnownPermission, Permission, UserPermissions } from '@/api/people'

export interface PermissionWords {
  /** As it stands in a table. */
  label: string
  /** A sentence that says what it lets one do. */
  hint: string
  /** `You may not …`. */
  doing: string
}

const WORDS: Record<Permission, PermissionWords> = {
  'camera.view': {
    label: 'See the camera',
    hint: 'That it exists, its state, plan and health. Never its address or password. Comes with everything else on a camera.',
    doing: 'see cameras',
  },
  'live.view': {
    label: 'Watch live',
    hint: 'Live picture and sound, and the newest still picture.',
    doing: 'watch live pictures',
  },
  'playback.view': {
    label: 'Play back',
    hint: 'What was recorded, with its time line and calendar. Whoever may look can keep what they saw.',
    doing: 'watch recordings',
  },
  'export.create': {
    label: 'Export and download',
    hint: 'Take whole recordings away as original files.',
    doing: 'download recordings',
  },
  'share.create': {
    label: 'Share',
    hint: 'Make links to footage for people without an account.',
    doing: 'share recordings',
  },
  'evidence.lock': {
    label: 'Hold footage',
    hint: 'Keep footage from being deleted, as evidence.',
    doing: 'lock evidence',
  },
  'recording.delete': {
    label: 'Delete footage',
    hint: 'For good, before its time is up.',
    doing: 'delete recordings',
  },
  'recording.control': {
    label: 'Start and stop recording',
    hint: 'By hand, whatever the plan of the camera says.',
    doing: 'start and stop recording',
  },
  'ptz.control': {
    label: 'Move the camera',
    hint: 'Pan, tilt, zoom and presets.',
    doing: 'move cameras',
  },
  'talk.use': {
    label: 'Talk',
    hint: 'Speak through the loudspeaker of the camera.',
    doing: 'speak through cameras',
  },
  'camera.edit': {
    label: 'Change the camera',
    hint: 'Settings, address and password; test and delete it.',
    doing: 'change this camera',
  },
  'wall.share': {
    label: 'Share walls',
    hint: 'Show saved layouts of the Live page to others, who see in them what they may see anyway.',
    doing: 'share walls',
  },
  'camera.create': {
    label: 'Add cameras',
    hint: 'Also testing addresses in the network.',
    doing: 'add cameras',
  },
  'storage.view': {
    label: 'See storage',
    hint: 'Volumes, how full they are, what each camera takes.',
    doing: 'see how footage is stored',
  },
  'storage.manage': {
    label: 'Manage storage',
    hint: 'Add, change and remove volumes. Tighter limits delete footage.',
    doing: 'change how footage is stored',
  },
  'system.view': {
    label: 'See the system',
    hint: 'Processes, versions and measurements.',
    doing: 'see how the server is',
  },
  'system.manage': {
    label: 'Manage the system',
    hint: 'Settings that hold for everybody.',
    doing: 'change the server’s settings',
  },
  'user.manage': {
    label: 'Manage people',
    hint: 'Users, groups, roles, zones, their sessions and tokens. Nobody can give more than they have.',
    doing: 'manage people and what they may do',
  },
  'audit.view': {
    label: 'Read the audit log',
    hint: 'Who did what and when; exports and reports of it.',
    doing: 'read the audit log',
  },
}

const GROUPS: { title: string; names: Permission[] }[] = [
  { title: 'Watching', names: ['camera.view', 'live.view', 'playback.view'] },
  { title: 'Footage', names: ['export.create', 'share.create', 'evidence.lock', 'recording.delete'] },
  { title: 'Control', names: ['recording.control', 'ptz.control', 'talk.use', 'camera.edit'] },
  {
    title: 'Installation',
    names: [
      'wall.share',
      'camera.create',
      'storage.view',
      'storage.manage',
      'system.view',
      'system.manage',
      'user.manage',
      'audit.view',
    ],
  },
]

/** Words for a permission; a name that this page does not know yet stands for itself. */
export function permissionWords(name: string): PermissionWords {
  return (WORDS as Partial<Record<string, PermissionWords>>)[name] ?? { label: name, hint: '', doing: name }
}

/** What comes with the chosen ones by itself. */
export function impliedBy(
  known: readonly KnownPermission[],
  chosen: readonly Permission[],
): ReadonlySet<Permission> {
  return new Set(known.filter(({ name }) => chosen.includes(name)).flatMap(({ implies }) => implies))
}

export interface PermissionGroup {
  title: string
  /** Whether all of them concern single cameras, so that a grant can be limited to some. */
  ofCameras: boolean
  permissions: KnownPermission[]
}

/** What the server knows, in the order in which people look for it. */
export function permissionGroups(known: readonly KnownPermission[]): PermissionGroup[] {
  const byName = new Map<string, KnownPermission>(known.map((one) => [one.name, one]))
  const groups = GROUPS.map(({ title, names }) => ({
    title,
    permissions: names.flatMap((name) => byName.get(name) ?? []),
  }))
  const placed = new Set<string>(GROUPS.flatMap(({ names }) => names))
  groups.push({ title: 'Others', permissions: known.filter(({ name }) => !placed.has(name)) })
  return groups
    .filter(({ permissions }) => permissions.length > 0)
    .map((group) => ({ ...group, ofCameras: group.permissions.every((one) => one.of_a_camera) }))
}

export interface Rights {
  /** What is held for the whole installation. */
  installation: Permission[]
  /** Cameras on which the same is allowed, those with most first; cameras with nothing last. */
  cameras: { ids: string[]; permissions: Permission[] }[]
  /** Held on every camera, also on those to come. */
  everyCamera: Permission[]
}

/** A person's permissions by what they are on: cameras with the same rights stand together. */
export function rightsOf(
  permitted: UserPermissions['items'],
  known: readonly KnownPermission[],
  cameras: readonly string[],
): Rights {
  const order = permissionGroups(known).flatMap(({ permissions }) => permissions)
  const held = new Map(permitted.map((one) => [one.name, one]))
  const ofCameras = order.filter((one) => one.of_a_camera).map(({ name }) => name)
  const groups = new Map<string, { ids: string[]; permissions: Permission[] }>()
  for (const id of cameras) {
    const permissions = ofCameras.filter((name) => {
      const one = held.get(name)
      return one !== undefined && (one.everywhere || one.cameras.includes(id))
    })
    const key = permissions.join(' ')
    const group = groups.get(key)
    if (group) group.ids.push(id)
    else groups.set(key, { ids: [id], permissions })
  }
  return {
    installation: order
      .filter((one) => !one.of_a_camera && held.get(one.name)?.everywhere)
      .map(({ name }) => name),
    everyCamera: ofCameras.filter((name) => held.get(name)?.everywhere),
    cameras: [...groups.values()].sort((a, b) => b.permissions.length - a.permissions.length),
  }
}
