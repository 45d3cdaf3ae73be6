/** The event socket: one connection that is kept for ever and resumes where it was. No React here. */

import { CLOSE_LOGIN, isRefusal } from '@/access/close-codes'
import { session } from '@/access/session'
import { Backoff } from './backoff'
import { socketAddress } from './client'

export interface ServerEvent {
  /** Null for what is not kept (fresh numbers): it does not move the cursor. */
  id: string | number | null
  topic: string
  at: string
  payload: Record<string, unknown>
}

// The server speaks at least every 15 s: after more than two silent beats the connection is dead, whatever TCP says.
const SILENCE_MS = 35_000

/** `refused`: the server does not want this page to listen, and asking again would not help. */
export type LinkState = 'connecting' | 'open' | 'lost' | 'refused'

export class EventSocket {
  private socket: WebSocket | null = null
  private cursor: string | null = null
  private timer: number | undefined
  private watchdog: number | undefined
  private closed = false
  private readonly backoff = new Backoff()

  constructor(
    private readonly onEvent: (event: ServerEvent) => void,
    private readonly onState: (state: LinkState) => void,
  ) {}

  open(): void {
    this.closed = false
    this.connect()
    window.addEventListener('online', this.retryNow)
  }

  close(): void {
    this.closed = true
    window.clearTimeout(this.timer)
    window.clearTimeout(this.watchdog)
    window.removeEventListener('online', this.retryNow)
    this.socket?.close()
    this.socket = null
  }

  private readonly retryNow = () => {
    if (this.closed || this.socket) return
    window.clearTimeout(this.timer)
    this.connect()
  }

  private connect(): void {
    const asked = Date.now()
    const socket = new WebSocket(socketAddress('/events', { cursor: this.cursor }))
    this.socket = socket
    socket.onopen = () => {
      this.onState('open')
      this.watch(socket)
    }
    socket.onmessage = (message: MessageEvent<string>) => {
      const event = JSON.parse(message.data) as ServerEvent
      this.backoff.reset()
      this.watch(socket)
      if (event.id !== null) this.cursor = String(event.id)
      this.onEvent(event)
    }
    socket.onclose = (event) => {
      if (this.socket !== socket) return
      this.socket = null
      window.clearTimeout(this.watchdog)
      if (this.closed) return
      if (event.code === CLOSE_LOGIN) void this.renew(asked)
      else if (isRefusal(event.code)) this.onState('refused')
      else this.retryLater()
    }
  }

  /** The login that it was opened with is over: with a renewed one it goes on, without one the app leads to the login. */
  private async renew(asked: number): Promise<void> {
    const outcome = await session.renew(asked)
    if (this.closed || this.socket || outcome === 'ended') return
    this.retryLater(outcome === 'renewed')
  }

  private retryLater(quietly = false): void {
    if (!quietly) this.onState('lost')
    window.clearTimeout(this.timer)
    this.timer = window.setTimeout(() => this.connect(), this.backoff.next())
  }

  private watch(socket: WebSocket): void {
    window.clearTimeout(this.watchdog)
    this.watchdog = window.setTimeout(() => {
      socket.onclose?.(new CloseEvent('close'))
      socket.close()
    }, SILENCE_MS)
  }
}
