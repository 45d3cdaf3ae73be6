/** What a user is at the moment, in words. Pure. */

import type { User } from '@/api/people'
import type { Tone } from '@/words/camera-state'

export function userState(
  user: Pick<User, 'disabled' | 'has_password' | 'must_change_password' | 'last_login_at'>,
): { tone: Tone; label: string } {
  if (user.disabled) return { tone: 'down', label: 'Disabled' }
  if (!user.has_password) return { tone: 'live', label: 'Enabled, signs in by provider' }
  if (user.must_change_password)
    return user.last_login_at
      ? { tone: 'idle', label: 'Enabled, must choose a new password' }
      : { tone: 'idle', label: 'Invited, not signed in yet' }
  return { tone: 'live', label: 'Enabled' }
}
