/**
 * Footage in a bucket comes from there by a redirect, where its volume is set up so. A browser that can't read there (no
 * CORS rule, another network, a certificate that it does not trust) gets it through the server from then on, and asks for
 * it so that the server knows.
 */

const PARAMETER = 'via'

let through = false

/** The address to ask for: as it is, or through the server. */
export function detoured(url: string): string {
  if (!through || !isFootage(url)) return url
  return `${url}${url.includes('?') ? '&' : '?'}${PARAMETER}=server`
}

/** A request got no answer at all. Says whether another way is left to try. */
export function unanswered(url: string): boolean {
  if (through || !isFootage(url)) return false
  through = true
  return true
}

function isFootage(url: string): boolean {
  return /\/playback\/segments\//.test(url)
}
