/** What the server said that one may do. It decides anew at each request; this is for what is shown. Pure. */

import type { Me, Permission } from '@/api/types'

/** Whoever is not known may nothing. */
export const NOBODY: Me = {
  kind: 'nobody',
  name: '',
  user: null,
  token: null,
  permissions: [],
  everywhere: [],
  grants: [],
  session_id: null,
  session_expires_at: null,
}

/** Something that says what may be done with it: a camera, a removed one. */
export interface Allows {
  allowed: readonly Permission[]
}

/**
 * Whether `permission` is held: on a camera when one is given, else anywhere. Null is a camera that is not known (yet):
 * on it one may what one may everywhere.
 */
export function holds(me: Me, permission: Permission, camera?: Allows | null): boolean {
  if (camera === undefined) return me.permissions.includes(permission)
  return camera ? camera.allowed.includes(permission) : me.everywhere.includes(permission)
}
