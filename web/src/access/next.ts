/** Where to go on after logging in. Pure. */

const DOORS = ['/login', '/setup']

/** Whether this is a page before the app, or one for people without an account. */
export function isDoor(pathname: string): boolean {
  return DOORS.includes(pathname) || pathname.startsWith('/share/')
}

/**
 * The path to go on at: `next` when it is one of this app, else the first page. What leads elsewhere, as `//host`,
 * `/\host` or `javascript:`, is none.
 */
export function safeNext(next: string | undefined, origin: string): string {
  if (!next?.startsWith('/')) return '/'
  let url: URL
  try {
    url = new URL(next, origin)
  } catch {
    return '/'
  }
  if (url.origin !== origin || url.username || isDoor(url.pathname)) return '/'
  // `/a/..//host` was resolved to `//host`: put into a link it would lead there.
  if (url.pathname.startsWith('//')) return '/'
  return `${url.pathname}${url.search}${url.hash}`
}

/** `next` for the login page: nothing for the first page, which is where it goes by itself. */
export function nextOf(href: string): string | undefined {
  return href === '/' || DOORS.some((door) => href.startsWith(door)) ? undefined : href
}
