/**
 * The login of this browser: renewed before its access token ends, once for all tabs, and known to be over when the
 * server says so. The tokens are in cookies that no script can read; here is only when they were given.
 */

import type { Tokens } from '@/api/types'
import { CLIENT_HEADER } from './client-header'
import { dueIn, parseKept, type Kept } from './renewal'

/** `unreachable`: nobody can say now; the login may be as good as before. */
export type Renewed = 'renewed' | 'ended' | 'unreachable'

/** `left`: the person of this tab logged out. `ended`: it is over for another reason. `changed`: somebody logged in. */
export type SessionChange = 'left' | 'ended' | 'changed'

const KEY = 'vedette.session'
const LOCK = 'vedette.session'
const AGAIN_MS = 15_000
const LONGEST_TIMER_MS = 2 ** 31 - 1

class Session {
  private kept: Kept | null = null
  private flight: Promise<Renewed> | null = null
  private timer: number | undefined
  private readonly listeners = new Set<(change: SessionChange) => void>()

  /** Which one it is, null when nobody is known to be logged in. */
  get id(): string | null {
    return this.kept?.session ?? null
  }

  /** Renews by itself from now on. Called once, when the app starts. */
  start(): void {
    this.kept = read()
    this.plan()
    window.addEventListener('storage', (event) => {
      if (event.key === KEY || event.key === null) this.take(parseKept(event.newValue))
    })
    // Timers stand still while a machine sleeps.
    window.addEventListener('online', this.renewWhenDue)
    document.addEventListener('visibilitychange', this.renewWhenDue)
  }

  /** Calls `listener` when somebody logged in or out, here or in another tab. Returns how to stop. */
  onChange(listener: (change: SessionChange) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** A login or a renewal answered these. */
  opened(tokens: Pick<Tokens, 'session_id' | 'expires_in'>): void {
    const from = Date.now()
    const kept = { session: tokens.session_id, from, until: from + tokens.expires_in * 1000 }
    write(kept)
    this.take(kept)
  }

  /** The server knows this browser by that session: when nobody here knows until when, it is renewed at once. */
  seen(sessionId: string | null): void {
    if (sessionId !== null && this.kept?.session !== sessionId) void this.renew(Date.now())
  }

  /** Nobody is logged in any more: the person left, or the server said so. */
  ended(why: 'left' | 'ended' = 'ended'): void {
    write(null)
    this.take(null, why)
  }

  /**
   * New tokens, unless some were given since `asked`, when the request was made that was refused. One request for all
   * who ask at once, in this tab and, where the browser has locks (over TLS, or on the same machine), in all tabs. Where
   * it has none, the server takes the token before for half a minute.
   */
  renew(asked: number): Promise<Renewed> {
    this.flight ??= exclusively(async () => {
      const kept = read() ?? this.kept
      if (kept && kept.from > asked) {
        this.take(kept)
        return 'renewed'
      }
      return this.refresh()
    }).finally(() => {
      this.flight = null
    })
    return this.flight
  }

  private async refresh(): Promise<Renewed> {
    let response: Response
    try {
      response = await fetch('/api/v1/auth/refresh', { method: 'POST', headers: { ...CLIENT_HEADER } })
      if (response.ok) {
        this.opened((await response.json()) as Tokens)
        return 'renewed'
      }
    } catch {
      return 'unreachable'
    }
    if (response.status !== 401 && response.status !== 403) return 'unreachable'
    this.ended()
    return 'ended'
  }

  private take(kept: Kept | null, why: 'left' | 'ended' = 'ended'): void {
    const before = this.kept
    this.kept = kept
    this.plan()
    if (kept?.session === before?.session) return
    for (const listener of this.listeners) listener(kept ? 'changed' : why)
  }

  private plan(): void {
    window.clearTimeout(this.timer)
    if (!this.kept) return
    const wait = Math.min(dueIn(this.kept, Date.now()), LONGEST_TIMER_MS)
    this.timer = window.setTimeout(this.renewWhenDue, wait)
  }

  private readonly renewWhenDue = () => {
    if (!this.kept) return
    if (dueIn(this.kept, Date.now()) > 0) return this.plan()
    void this.renew(this.kept.from).then((outcome) => {
      if (outcome === 'unreachable') {
        window.clearTimeout(this.timer)
        this.timer = window.setTimeout(this.renewWhenDue, AGAIN_MS)
      }
    })
  }
}

export const session = new Session()

async function exclusively(work: () => Promise<Renewed>): Promise<Renewed> {
  // Not there on plain HTTP from another machine, whatever its type says.
  const locks = navigator.locks as LockManager | undefined
  return locks ? await locks.request(LOCK, work) : await work()
}

function read(): Kept | null {
  try {
    return parseKept(localStorage.getItem(KEY))
  } catch {
    return null
  }
}

function write(kept: Kept | null): void {
  try {
    if (kept) localStorage.setItem(KEY, JSON.stringify(kept))
    else localStorage.removeItem(KEY)
  } catch {
    // Blocked storage: each tab renews for itself.
  }
}
