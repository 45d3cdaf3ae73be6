/** What to say of a refused attempt, with the time to wait where the server says one. */

import { ApiError, explain } from '@/api/client'
import { duration } from '@/words/format'

/** A login that failed, in a sentence; `waitMs` is what is left to wait. */
export function saidOf(error: unknown, waitMs?: number): string {
  if (!(error instanceof ApiError)) return explain(error)
  const wait = waitMs ?? (error.retryAfterS ?? 0) * 1000
  const what = WHAT[error.code]
  if (!what) return error.message
  return wait > 0 ? `${what} After several failures the next attempt has to wait: ${duration(wait)}.` : what
}

const WHAT: Record<string, string> = {
  'auth.failed': 'User name or password are wrong.',
  'auth.password_wrong': 'The password is wrong.',
  'auth.code_wrong': 'The code is wrong, or was used before. Take the next one.',
}
