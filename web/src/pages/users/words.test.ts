import { expect, test } from 'vitest'
import { userState } from './words'

const user = { disabled: false, has_password: true, must_change_password: false, last_login_at: null }

test.each([
  [{}, 'Enabled'],
  [{ disabled: true, must_change_password: true }, 'Disabled'],
  [{ must_change_password: true }, 'Invited, not signed in yet'],
  [
    { must_change_password: true, last_login_at: '2026-11-21T12:00:00Z' },
    'Enabled, must choose a new password',
  ],
  [{ has_password: false }, 'Enabled, signs in by provider'],
])('%o', (change, label) => expect(userState({ ...user, ...change }).label).toBe(label))
