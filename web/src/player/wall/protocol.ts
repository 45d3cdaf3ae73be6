/**
 * The wall socket's messages. Text names its tile; binary is `[tile, 2 bytes][wall-clock ms, 8 bytes][fragments]`, big-endian.
 */

import { parseControl, type Control } from '../mse/protocol'
import { refusalIn, type Refusal } from '../refusal'

/** Every frame, or key frames only. */
export type Mode = 'all' | 'keys'

export type Told =
  | { type: 'hello'; tiles: number; nowMs: number }
  | { type: 'closed'; tile: number; code: number; reason: string; refusal: Refusal | null }
  | { type: 'control'; tile: number; control: Control }
  | { type: 'unknown' }

export const TILE_BYTES = 2
/** Numbers of tiles are drawn anew for each showing, so that what is still on its way for an old one is known as such. */
export const NUMBERS = 1 << 16

export function parseTold(text: string): Told {
  const message = JSON.parse(text) as Record<string, unknown>
  const tile = Number(message.tile)
  switch (message.type) {
    case 'hello':
      return { type: 'hello', tiles: Number(message.tiles), nowMs: Number(message.now_ms) }
    case 'closed':
      return {
        type: 'closed',
        tile,
        code: Number(message.code),
        reason: String(message.reason),
        refusal: refusalIn(message, Date.now()),
      }
    case 'init':
    case 'status':
    case 'lagged':
      return { type: 'control', tile, control: parseControl(text) }
    default:
      return { type: 'unknown' }
  }
}

/** The tile of a binary message, its wall clock, and what a socket of that tile alone would have sent. */
export function parseMedia(data: ArrayBuffer): { tile: number; wallMs: number; bytes: ArrayBuffer } {
  const view = new DataView(data)
  return {
    tile: view.getUint16(0),
    wallMs: Number(view.getBigInt64(TILE_BYTES)),
    bytes: data.slice(TILE_BYTES),
  }
}
