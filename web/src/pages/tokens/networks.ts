/** Networks as they are typed: addresses and CIDRs, IPv4 and IPv6. Pure. */

/** What was typed, at commas, blanks and line ends. */
export function parseNetworks(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter(Boolean))]
}

/** The first that is no address or network, with why; null when all are. */
export function wrongNetwork(networks: readonly string[]): string | null {
  for (const text of networks) {
    const [host = '', bits, ...rest] = text.split('/')
    const most = isV4(host) ? 32 : isV6(host) ? 128 : null
    if (most === null || rest.length > 0)
      return `“${text}” is no address or network, as 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32.`
    if (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= most))
      return `“${text}”: the part after the slash is a number from 0 to ${most}.`
  }
  return null
}

function isV4(text: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255)
}

function isV6(text: string): boolean {
  if (!/^[0-9a-f:.]+$/i.test(text) || text.split('::').length > 2) return false
  const tail = /(^|:)(\d{1,3}(?:\.\d{1,3}){3})$/.exec(text)
  if (tail && !isV4(tail[2] ?? '')) return false
  const plain = tail ? text.slice(0, -(tail[2] ?? '').length) + '0:0' : text
  const parts = plain.split(':')
  const groups = parts.filter(Boolean)
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false
  if (plain.includes('::')) return groups.length <= 7
  return groups.length === 8 && parts.length === 8
}
