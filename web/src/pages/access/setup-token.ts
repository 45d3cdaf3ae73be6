/** The set-up token in an address: behind `#token=`, which no server gets to see, or `?token=`. Pure. */

export function tokenOf(href: string): string {
  const url = new URL(href)
  return new URLSearchParams(url.hash.slice(1)).get('token') ?? url.searchParams.get('token') ?? ''
}

/** The address without it, as a path. */
export function withoutToken(href: string): string {
  const url = new URL(href)
  url.searchParams.delete('token')
  const hash = new URLSearchParams(url.hash.slice(1))
  hash.delete('token')
  const rest = hash.toString()
  return `${url.pathname}${url.search}${rest ? `#${rest}` : ''}`
}
