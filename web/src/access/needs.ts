/** Pages that take a permission. */

import type { Me, Permission } from '@/api/types'
import { holds } from './may'

/** Thrown by a route that one may not go to. */
export class Forbidden extends Error {
  constructor(readonly permission: Permission) {
    super(`not allowed: ${permission}`)
    this.name = 'Forbidden'
  }
}

/** For a route's `beforeLoad`, below the one that knows who is here. */
export function needs(permission: Permission) {
  return ({ context }: { context: { me: Me } }): void => {
    if (!holds(context.me, permission)) throw new Forbidden(permission)
  }
}
