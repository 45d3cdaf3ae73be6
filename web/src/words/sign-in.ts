/** Why signing in by a provider came to nothing, in words: the server puts only a code into the address. Pure. */

const WORDS = new Map(
  Object.entries({
    'oidc.state':
      'This sign-in did not begin in this browser, took longer than ten minutes, or was finished already. Try again.',
    'oidc.denied': 'The provider did not let you in, or you cancelled.',
    'oidc.no_account': 'The provider knows you, but you have no account here. Ask an administrator for one.',
    'oidc.disabled': 'Your account is disabled. Ask an administrator.',
    'oidc.locked': 'There were too many attempts from your address. Wait some minutes.',
    'oidc.assurance':
      'The provider did not check who you are as strictly as is demanded here. Sign in there with your second factor.',
    'oidc.unknown_provider': 'There is no such sign-in provider any more.',
    'oidc.provider_unreachable': 'The provider does not answer. Try again later, or sign in with a password.',
    'oidc.client': 'The provider does not accept Vedette’s client id or secret. Tell your administrator.',
    'oidc.token_invalid': 'What the provider said about you could not be trusted. Tell your administrator.',
    'oidc.mix_up':
      'The answer came from another provider than the one that was asked. Try again, and tell your administrator.',
    'oidc.code': 'The provider did not accept the sign-in any more. Try again.',
    'oidc.userinfo': 'The provider did not say which groups you are in. Try again later.',
    'oidc.linked_elsewhere': 'This person at the provider is linked with another account here.',
    'oidc.linked_already': 'Your account is linked with another person at this provider. Unlink that first.',
    'auth.revoked': 'Your session ended meanwhile. Sign in again.',
  }),
)

/** What to tell the person; nothing when there is no code. */
export function signInFailure(code: string | undefined): string | undefined {
  if (code === undefined) return undefined
  return WORDS.get(code) ?? 'The provider could not be used. Tell your administrator; the audit log says why.'
}
