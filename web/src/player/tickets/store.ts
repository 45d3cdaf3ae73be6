/**
 * Media tickets: what players put into addresses, which carry no other sign of who asks. Each is good for minutes and
 * renewed before that, whatever becomes of the cookie meanwhile. What is wanted at the same moment is asked for at once.
 */

import { api } from '@/api/client'
import type { components } from '@/api/schema'

export interface Wish {
  /** Id or slug. */
  camera: string
  kind: 'live' | 'playback' | 'still'
  /** Of footage: which range, in UTC milliseconds. */
  range?: { start: number; end: number }
}

/** Where a player has its tickets from. Null means that it has to do without: the cookie counts, or nothing does. */
export interface TicketSource {
  get(wish: Wish): Promise<string | null>
  /** What there is already; null while the cookie serves in its place, and another ticket is on its way. */
  soon?(wish: Wish): string | null
  /** The server took it no more: the next one is a new one. */
  refused(wish: Wish): void
}

type Given = components['schemas']['TicketGiven']
type Ask = (wishes: Wish[]) => Promise<Pick<Given, 'ticket' | 'expires_in'>[]>

interface Held {
  ticket: string
  /** From then on another one is asked for, by this machine's steady clock. */
  staleAt: number
}

const MOST_AT_ONCE = 256
const MOST_HELD = 1_000
// A ticket is renewed with so much of its life left that whatever begins with it can end.
const USED_UP = 0.6
// One ticket serves what is near: moving through a day must not cost a request for each seek.
const RANGE_STEP_MS = 6 * 3_600_000

export class TicketStore implements TicketSource {
  private readonly held = new Map<string, Held>()
  private readonly flights = new Map<string, Promise<string | null>>()
  private waiting: { wish: Wish; settle: (given: string | null) => void }[] = []

  constructor(
    private readonly ask: Ask,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get(wish: Wish): Promise<string | null> {
    const wide = widened(wish)
    const key = keyOf(wide)
    const held = this.held.get(key)
    if (held && this.now() < held.staleAt) return Promise.resolve(held.ticket)
    const flying = this.flights.get(key)
    if (flying) return flying
    const flight = new Promise<string | null>((settle) => {
      if (this.waiting.length === 0) queueMicrotask(() => void this.send())
      this.waiting.push({ wish: wide, settle })
    }).finally(() => this.flights.delete(key))
    this.flights.set(key, flight)
    return flight
  }

  soon(wish: Wish): string | null {
    const held = this.held.get(keyOf(widened(wish)))
    if (held && this.now() < held.staleAt) return held.ticket
    // What it is wanted for goes first: the server answers one after the other.
    setTimeout(() => void this.get(wish))
    return null
  }

  refused(wish: Wish): void {
    this.held.delete(keyOf(widened(wish)))
  }

  private async send(): Promise<void> {
    const { waiting } = this
    this.waiting = []
    for (let from = 0; from < waiting.length; from += MOST_AT_ONCE) {
      const batch = waiting.slice(from, from + MOST_AT_ONCE)
      const asked = this.now()
      const given = await this.ask(batch.map(({ wish }) => wish)).catch(() => [])
      batch.forEach(({ wish, settle }, place) => {
        const { ticket = null, expires_in = null } = given[place] ?? {}
        if (ticket !== null && expires_in !== null)
          this.hold(keyOf(wish), ticket, asked + expires_in * 1000 * USED_UP)
        settle(ticket)
      })
    }
  }

  private hold(key: string, ticket: string, staleAt: number): void {
    this.held.delete(key)
    this.held.set(key, { ticket, staleAt })
    for (const oldest of this.held.keys()) {
      if (this.held.size <= MOST_HELD) break
      this.held.delete(oldest)
    }
  }
}

/** Those of who is logged in. */
export const tickets = new TicketStore(async (wishes) => {
  const items = wishes.map(({ camera, kind, range }) => ({
    camera,
    kind,
    start: range ? new Date(range.start).toISOString() : null,
    end: range ? new Date(range.end).toISOString() : null,
  }))
  const { items: given } = await api.post<components['schemas']['TicketsGiven']>('/media-tickets', {
    body: { items },
  })
  return given
})

/** An address with a ticket in place of the one that it may have. */
export function withTicket(url: string, ticket: string | null): string {
  if (ticket === null) return url
  const [path = '', query = ''] = url.split('?', 2)
  const params = new URLSearchParams(query)
  params.set('ticket', ticket)
  return `${path}?${params.toString()}`
}

/** The range that is really asked for: around the one that is wanted, and the same for its neighbours. */
export function widened(wish: Wish): Wish {
  if (!wish.range) return wish
  const start = Math.floor(wish.range.start / RANGE_STEP_MS) * RANGE_STEP_MS
  const end = Math.ceil((wish.range.end + 1) / RANGE_STEP_MS) * RANGE_STEP_MS
  return { ...wish, range: { start: Math.max(0, start), end } }
}

function keyOf({ camera, kind, range }: Wish): string {
  return `${kind} ${camera} ${range ? `${range.start} ${range.end}` : ''}`
}
