import { describe, expect, it } from 'vitest'
import { signInFailure } from './sign-in'

describe('signInFailure', () => {
  it('says nothing when nothing failed', () => {
    expect(signInFailure(undefined)).toBeUndefined()
  })
  it('has words for what a person can do something about', () => {
    expect(signInFailure('oidc.disabled')).toContain('disabled')
    expect(signInFailure('oidc.no_account')).toContain('no account here')
  })
  it('never shows what stands in an address, which anybody may have written', () => {
    expect(signInFailure('call +1 555 0100 now')).toBe(
      'The provider could not be used. Tell your administrator; the audit log says why.',
    )
    expect(signInFailure('constructor')).toContain('could not be used')
  })
})
