/** What a token is at the moment, in words. Pure. */

import type { ApiToken } from '@/api/tokens'
import type { Tone } from '@/words/camera-state'
import { DAY } from '@/words/zone'

// A token that is about to end is told of so long before.
const SOON_MS = 7 * DAY

export function tokenState(
  token: Pick<ApiToken, 'state' | 'expires_at'>,
  now: number,
): { tone: Tone; label: string } {
  if (token.state === 'revoked') return { tone: 'down', label: 'Revoked' }
  const end = token.expires_at ? Date.parse(token.expires_at) : null
  if (token.state === 'expired' || (end !== null && end <= now)) return { tone: 'down', label: 'Expired' }
  if (end !== null && end - now < SOON_MS) return { tone: 'degraded', label: 'Ends soon' }
  return { tone: 'live', label: 'Good' }
}

/** The cameras that it is for, by name where one may see them: `Gate, a camera, all in Front`. */
export function placesWords(
  token: Pick<ApiToken, 'cameras' | 'zones'>,
  cameraName: (id: string) => string | undefined,
  zoneName: (id: string) => string | undefined,
): string {
  if (token.cameras === null && token.zones === null) return 'all that its owner may see'
  const zones = (token.zones ?? []).map((id) => `all in ${zoneName(id) ?? 'a zone'}`)
  return [...(token.cameras ?? []).map((id) => cameraName(id) ?? 'a camera'), ...zones].join(', ')
}
