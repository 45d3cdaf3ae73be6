/** When a login is renewed. Pure. */

/** What the tabs of a browser know of the login together. Instants are milliseconds of this machine's clock. */
export interface Kept {
  /** Whose it is, so that a tab notices that somebody else logged in beside it. */
  session: string
  /** When the tokens were given. */
  from: number
  /** Until when the access token is good. */
  until: number
}

// Early enough that nothing stumbles when the first attempt fails, or when the browser lets a hidden tab wait a minute.
const AT = 0.6

/** Milliseconds until the tokens are to be renewed, 0 when that is due. A clock that was set back makes it due. */
export function dueIn(kept: Kept, now: number): number {
  if (now < kept.from) return 0
  return Math.max(0, Math.round(kept.from + AT * (kept.until - kept.from) - now))
}

/** What was kept as text; null for what is not one of ours. */
export function parseKept(text: string | null): Kept | null {
  if (!text) return null
  try {
    const { session, from, until } = JSON.parse(text) as Partial<Record<keyof Kept, unknown>>
    if (typeof session !== 'string' || typeof from !== 'number' || typeof until !== 'number') return null
    return { session, from, until }
  } catch {
    return null
  }
}
