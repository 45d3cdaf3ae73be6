/** What a live player does about a socket that was closed. */

import { CLOSE_ENDED, CLOSE_FORBIDDEN, CLOSE_LOGIN, CLOSE_UNKNOWN } from '@/access/close-codes'
import { isLimit, isOfConversion, type Refusal } from '../refusal'

/**
 * `gone` and `refused` are final: the same question would get the same answer. `ended`: not unasked. `full`: when there
 * may be room. `renew`: another login may be let in,
 * `ticket`: another ticket may. `again`: after a wait.
 */
export type AfterClose = 'gone' | 'refused' | 'ended' | 'full' | 'renew' | 'ticket' | 'again'

/**
 * `heard`: the server said something on this socket, so it had let us in. `second`: the socket came of a `renew` or a
 * `ticket`. Who is refused twice before a word was said would be refused for ever.
 */
export function afterClose(
  code: number,
  { heard, second, refusal }: { heard: boolean; second: boolean; refusal: Refusal | null },
): AfterClose {
  const last = second && !heard
  if (code === CLOSE_UNKNOWN) return 'gone'
  if (code === CLOSE_ENDED) return 'ended'
  if (refusal && (isLimit(refusal.code) || isOfConversion(refusal.code))) return 'full'
  if (code === CLOSE_LOGIN) return last ? 'refused' : 'renew'
  // At the door it may be the ticket alone: it is good for the network address that asked for it.
  if (code === CLOSE_FORBIDDEN) return heard || last ? 'refused' : 'ticket'
  return 'again'
}
