/** Reports of players that have no socket to the server. */

import { api } from '@/api/client'
import type { Report } from './reporter'
import { serverClock } from './server-clock'

/** Names the view in an answer that begins one. */
export const SESSION_HEADER = 'X-Vedette-Session'

/** A report is worth no failure: the next one is soon. */
export async function sendReport(session: string, report: Report): Promise<void> {
  const asked = Date.now()
  try {
    const path = `/live/sessions/${encodeURIComponent(session)}/report`
    const { now_ms } = await api.post<{ now_ms: number }>(path, { body: report })
    serverClock.heard(now_ms, Date.now(), asked)
  } catch {
    // The view may have ended meanwhile.
  }
}
