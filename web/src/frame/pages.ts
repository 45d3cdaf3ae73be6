import {
  IconDatabase,
  IconDeviceCctv,
  IconHistory,
  IconHome,
  IconLayoutGrid,
  IconMovie,
  IconServerCog,
  IconUsersGroup,
} from '@tabler/icons-react'
import type { Me, Permission } from '@/api/types'
import { holds } from '@/access/may'

/**
 * The pages of the rail, in its order. `key` is what follows G on the keyboard; `needs` is what one must be allowed
 * somewhere to be offered the page: any of it, and nothing where it is left out.
 */
export const PAGES = [
  { to: '/', label: 'Overview', icon: IconHome, key: 'o' },
  { to: '/live', label: 'Live', icon: IconLayoutGrid, key: 'l', needs: ['live.view'] },
  { to: '/playback', label: 'Playback', icon: IconHistory, key: 'p', needs: ['playback.view'] },
  {
    to: '/cameras',
    label: 'Cameras',
    icon: IconDeviceCctv,
    key: 'c',
    needs: ['camera.view', 'camera.create'],
  },
  { to: '/recordings', label: 'Recordings', icon: IconMovie, key: 'r', needs: ['playback.view'] },
  { to: '/storage', label: 'Storage', icon: IconDatabase, key: 's', needs: ['storage.view'] },
  { to: '/system', label: 'System', icon: IconServerCog, key: 'y', needs: ['system.view'] },
  {
    to: '/admin',
    label: 'Administration',
    icon: IconUsersGroup,
    key: 'a',
    needs: ['user.manage', 'audit.view'],
  },
] as const satisfies readonly {
  to: string
  label: string
  icon: typeof IconHome
  key: string
  needs?: readonly Permission[]
}[]

export type RailPage = (typeof PAGES)[number]

/** The pages of the administration, and what each takes: any of it. */
export const ADMIN_PAGES = [
  { to: '/admin/users', label: 'Users', needs: ['user.manage'] },
  { to: '/admin/groups', label: 'Groups', needs: ['user.manage'] },
  { to: '/admin/roles', label: 'Roles', needs: ['user.manage'] },
  { to: '/admin/zones', label: 'Zones', needs: ['user.manage'] },
  { to: '/admin/sign-in', label: 'Sign-in providers', needs: ['user.manage'] },
  { to: '/admin/tokens', label: 'API tokens', needs: ['user.manage'] },
  { to: '/admin/watching', label: 'Watching now', needs: ['user.manage', 'audit.view'] },
  { to: '/admin/audit', label: 'Audit log', needs: ['audit.view'] },
] as const satisfies readonly { to: string; label: string; needs: readonly Permission[] }[]

/** The pages that a person is offered. */
export function pagesFor(me: Me): RailPage[] {
  return PAGES.filter((page) => !('needs' in page) || page.needs.some((permission) => holds(me, permission)))
}
