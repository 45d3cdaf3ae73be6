/** The pages of the administration, and what one must be allowed for each. */

import type { Permission } from '@/api/people'

export const TABS = [
  { to: '/admin/users', label: 'Users', needs: 'user.manage' },
  { to: '/admin/groups', label: 'Groups', needs: 'user.manage' },
  { to: '/admin/roles', label: 'Roles', needs: 'user.manage' },
  { to: '/admin/zones', label: 'Zones', needs: 'user.manage' },
  { to: '/admin/sign-in', label: 'Sign-in', needs: 'user.manage' },
  { to: '/admin/tokens', label: 'API tokens', needs: 'user.manage' },
  { to: '/admin/audit', label: 'Audit log', needs: 'audit.view' },
] as const satisfies { to: string; label: string; needs: Permission }[]
