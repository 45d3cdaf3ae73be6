/**
 * One connection for all tiles of the wall. It is there while a tile wants it, comes back by itself, renews the login, and
 * shows all tiles again. No React here.
 */

import { CLOSE_LOGIN } from '@/access/close-codes'
import { session } from '@/access/session'
import { Backoff } from '@/api/backoff'
import { socketAddress } from '@/api/client'
import type { StreamKind } from '@/api/types'
import type { Control } from '../mse/protocol'
import { BEGIN, entering, next, type Degrading, type Step, type TileLoad } from './degrade'
import { NUMBERS, parseMedia, parseTold, type Mode } from './protocol'
import type { Quality } from '../quality'
import type { Refusal } from '../refusal'
import { serverClock } from '../server-clock'
import { WallTile } from './tile'

/** What the socket tells a tile. */
export interface Shown {
  readonly camera: string
  readonly stream: StreamKind
  readonly quality: Quality | null
  readonly mode: Mode
  readonly batchMs: number
  onControl(control: Control): void
  onMedia(message: ArrayBuffer): void
  /** The server ended this tile. */
  onClosed(code: number, reason: string, refusal: Refusal | null): void
  onLink(connected: boolean): void
  /** Whether no connection can be made at all, as where a proxy lets no socket through. */
  onBlocked(blocked: boolean): void
  /** Some times a second. */
  tick(): void
  /** Once a second. How it did; null while nothing is shown that could go well or badly. */
  second(): TileLoad | null
  /** The page's decision on how much it shows. */
  setStep(step: Step): void
}

export interface Report {
  stalls: number
  dropped: number
  latency_ms: number | null
}

// Turning a page hides all tiles and shows others: the connection outlives that.
const LINGER_MS = 5_000
/**
 * Buffered ahead in a calm wall, seconds: more than for one large picture, and more still where the page has many tiles to
 * serve in turn. Measured with 64: 0.3 s stalls at each hiccup of the machine, and each stall drops pictures.
 */
const HOLD_BACK_S = 0.3
const CROWDED_HOLD_BACK_S = 0.5
const CROWDED_FROM = 25
const TICK_MS = 200
const SECOND_MS = 1_000
// The server tells of a tile without pictures after 30 s: when all are silent for longer, the connection is dead.
const SILENCE_MS = 45_000
// What lies between may swallow a socket without a word.
const HELLO_WITHIN_MS = 6_000
// So many attempts in a row that came to nothing: a server that starts anew is back before.
const BLOCKED_AFTER = 4

export class WallSocket {
  private socket: WebSocket | null = null
  private open = false
  private readonly shown = new Map<number, Shown>()
  private lastNumber = 0
  /** Of cameras whose picture somebody ended: turning the page is no wish to see them again. */
  readonly ended = new Map<string, Refusal>()
  private readonly backoff = new Backoff(250, 8_000)
  private reconnectTimer: number | undefined
  private lingerTimer: number | undefined
  private timers: number[] = []
  private heardAt = 0
  private secondAt = 0
  private degrading: Degrading = BEGIN
  /** Of each tile: how old the youngest media of this second was when it was handled, and that of the best second. */
  private readonly ages = new Map<number, { youngest: number; best: number }>()
  /** Attempts since the server last said hello. */
  private attempts = 0

  /** A player engine for one tile. */
  tile(camera: string, stream: StreamKind, quality: Quality | null = null): WallTile {
    return new WallTile(this, camera, stream, quality)
  }

  get connected(): boolean {
    return this.open
  }

  /** How far from the live edge tiles play, seconds. */
  get holdBackS(): number {
    return this.shown.size < CROWDED_FROM ? HOLD_BACK_S : CROWDED_HOLD_BACK_S
  }

  /** What a tile begins with: less, where this page is at its limit already. */
  enteringStep(keys: boolean): Step {
    let playing = 0
    for (const { mode } of this.shown.values()) if (mode === 'all') playing += 1
    return entering(this.degrading, playing, keys)
  }

  /** Begins to show; gives the number by which it is hidden. */
  show(tile: Shown): number {
    do this.lastNumber = (this.lastNumber + 1) % NUMBERS
    while (this.shown.has(this.lastNumber))
    const number = this.lastNumber
    this.shown.set(number, tile)
    window.clearTimeout(this.lingerTimer)
    this.run()
    if (this.open) this.ask(number, tile)
    else if (!this.socket && this.reconnectTimer === undefined) this.connect()
    return number
  }

  /** While a sequence runs: what is hidden comes back within so many seconds. */
  backInS = 0

  hide(number: number): void {
    this.ages.delete(number)
    if (!this.shown.delete(number)) return
    this.say({ type: 'hide', tile: number, back_in_s: this.backInS })
    if (this.shown.size > 0) return
    window.clearTimeout(this.lingerTimer)
    this.lingerTimer = window.setTimeout(() => this.rest(), LINGER_MS)
  }

  /** Nothing gets through, as far as was tried. */
  get blocked(): boolean {
    return this.attempts > BLOCKED_AFTER
  }

  setMode(number: number, mode: Mode, batchMs: number): void {
    this.say({ type: 'mode', tile: number, mode, batch_ms: batchMs })
  }

  report(number: number, report: Report): void {
    this.say({ type: 'report', tile: number, ...report })
  }

  private ask(number: number, tile: Shown): void {
    const { camera, stream, quality, mode, batchMs } = tile
    this.say({ type: 'show', tile: number, camera, stream, quality, mode, batch_ms: batchMs })
  }

  private say(message: object): void {
    if (this.open) this.socket?.send(JSON.stringify(message))
  }

  private connect(): void {
    window.clearTimeout(this.reconnectTimer)
    this.reconnectTimer = undefined
    this.attempts += 1
    if (this.blocked) for (const tile of this.shown.values()) tile.onBlocked(true)
    const asked = Date.now()
    const socket = new WebSocket(socketAddress('/live/wall'))
    socket.binaryType = 'arraybuffer'
    this.socket = socket
    this.heardAt = performance.now()
    socket.onmessage = (message: MessageEvent<string | ArrayBuffer>) => {
      this.heardAt = performance.now()
      if (typeof message.data === 'string') this.onText(message.data)
      else this.onMedia(message.data)
    }
    socket.onclose = (event) => {
      if (this.socket !== socket) return
      this.drop()
      if (this.shown.size === 0) return
      if (event.code === CLOSE_LOGIN) void this.renew(asked)
      else this.reconnectSoon()
    }
  }

  private onText(text: string): void {
    const told = parseTold(text)
    if (told.type === 'hello') {
      this.open = true
      serverClock.heard(told.nowMs, Date.now())
      this.attempts = 0
      for (const [number, tile] of this.shown) {
        tile.onBlocked(false)
        this.ask(number, tile)
        tile.onLink(true)
      }
    } else if (told.type === 'control') {
      this.shown.get(told.tile)?.onControl(told.control)
    } else if (told.type === 'closed') {
      const tile = this.shown.get(told.tile)
      this.shown.delete(told.tile)
      this.ages.delete(told.tile)
      tile?.onClosed(told.code, told.reason, told.refusal)
    }
  }

  private onMedia(data: ArrayBuffer): void {
    const { tile, bytes, wallMs } = parseMedia(data)
    // The wall clock of an init is 0.
    if (wallMs > 0 && this.shown.has(tile)) {
      const age = this.ages.get(tile) ?? { youngest: Infinity, best: Infinity }
      age.youngest = Math.min(age.youngest, Date.now() - wallMs)
      this.ages.set(tile, age)
    }
    this.backoff.reset()
    this.shown.get(tile)?.onMedia(bytes)
  }

  private drop(): void {
    const { socket } = this
    this.ages.clear()
    this.socket = null
    this.open = false
    socket?.close()
    for (const tile of this.shown.values()) tile.onLink(false)
  }

  /** Goes on with a renewed login. Where there is none, the app leads to the page for that. */
  private async renew(asked: number): Promise<void> {
    const outcome = await session.renew(asked)
    if (!this.socket && this.shown.size > 0 && outcome !== 'ended') this.reconnectSoon()
  }

  private reconnectSoon(): void {
    window.clearTimeout(this.reconnectTimer)
    this.reconnectTimer = window.setTimeout(() => {
      this.reconnectTimer = undefined
      if (!this.socket && this.shown.size > 0) this.connect()
    }, this.backoff.next())
  }

  // What runs while something is shown

  private run(): void {
    if (this.timers.length > 0) return
    this.secondAt = performance.now()
    this.timers = [
      window.setInterval(() => {
        for (const tile of this.shown.values()) tile.tick()
      }, TICK_MS),
      window.setInterval(this.second, SECOND_MS),
    ]
    window.addEventListener('online', this.retryNow)
  }

  private readonly retryNow = () => {
    if (!this.socket && this.shown.size > 0) this.connect()
  }

  private readonly second = () => {
    const now = performance.now()
    const lagMs = Math.max(0, now - this.secondAt - SECOND_MS)
    this.secondAt = now
    this.weigh(lagMs, this.lateMs())
    if (this.socket && now - this.heardAt > (this.open ? SILENCE_MS : HELLO_WITHIN_MS)) {
      this.drop()
      this.reconnectSoon()
    }
  }

  /**
   * How much later than at its best this page handles what comes: everything it can't take in time waits in the connection,
   * where no tile sees it. The best tile counts: others may have a camera that is late, or one whose clock was set.
   */
  private lateMs(): number {
    let late = Infinity
    for (const age of this.ages.values()) {
      if (age.youngest === Infinity) continue
      age.best = Math.min(age.best, age.youngest)
      late = Math.min(late, age.youngest - age.best)
      age.youngest = Infinity
    }
    return late === Infinity ? 0 : late
  }

  /** What this page can show of its tiles, decided for all of them at once. */
  private weigh(lagMs: number, lateMs: number): void {
    const tiles: Shown[] = []
    const loads: TileLoad[] = []
    for (const tile of this.shown.values()) {
      const load = tile.second()
      if (load === null) continue
      tiles.push(tile)
      loads.push(load)
    }
    const { now, changes } = next(this.degrading, loads, { lagMs, lateMs })
    this.degrading = now
    for (const { index, step } of changes) tiles[index]?.setStep(step)
  }

  private rest(): void {
    if (this.shown.size > 0) return
    for (const timer of this.timers) window.clearInterval(timer)
    this.timers = []
    window.clearTimeout(this.reconnectTimer)
    this.reconnectTimer = undefined
    window.removeEventListener('online', this.retryNow)
    this.drop()
  }
}

let shared: WallSocket | null = null

/** The page's one. */
export function wallSocket(): WallSocket {
  shared ??= new WallSocket()
  return shared
}
