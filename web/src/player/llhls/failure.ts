/** What a live player does about a failure that hls.js can't get over. */

/**
 * `unsupported`, `gone` and `refused` are final. `login`: another ticket or login may be let in. `mend`: the buffer is
 * begun anew. `again`: everything, after a wait.
 */
export type AfterFailure = 'unsupported' | 'gone' | 'refused' | 'login' | 'mend' | 'again'

// Who is refused that often in a row, with a new ticket each time, would be refused for ever.
const MOST_REFUSALS = 2

/** `type` and `details` as hls.js names them, `status` that of the answer, 0 without one. */
export function afterFailure(
  type: string,
  details: string,
  status: number,
  { mended, refusals }: { mended: boolean; refusals: number },
): AfterFailure {
  if (/codec/i.test(details)) return 'unsupported'
  if (type === 'mediaError') return mended ? 'again' : 'mend'
  // What is gone of a playlist is there in the next one; a master playlist that is not there has no camera.
  if (status === 404 && details.startsWith('manifest')) return 'gone'
  if (status === 401 || status === 403) return refusals >= MOST_REFUSALS ? 'refused' : 'login'
  return 'again'
}
