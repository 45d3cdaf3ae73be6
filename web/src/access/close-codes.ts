/** Why the server closes a socket: 4000 above the HTTP status that a request would have got. */

/** The login is over, or has to be renewed. */
export const CLOSE_LOGIN = 4401
/** One may not (any more). */
export const CLOSE_FORBIDDEN = 4403
/** There is no such thing, or one may not know that there is. */
export const CLOSE_UNKNOWN = 4404
/** Somebody ended this view, or the camera was switched off: the reason says which. */
export const CLOSE_ENDED = 4410

/** Whether asking again would get the same answer. */
export function isRefusal(code: number): boolean {
  return code === CLOSE_FORBIDDEN || code === CLOSE_UNKNOWN
}
