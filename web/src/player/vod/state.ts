/** What a player of recordings tells of itself. */

import type { StreamKind } from '@/api/types'
import type { Shows } from './trick/trick'
import type { Choice } from './uplink'

export interface VodState {
  /**
   * `gap`: nothing recorded at the playhead. `edge`: all that is recorded was played, or the playhead is at what is being
   * recorded now. `future`: that time has not come yet.
   */
  phase: 'loading' | 'ready' | 'gap' | 'edge' | 'future' | 'unsupported' | 'failed'
  /** What the person wants, also while data is awaited. */
  playing: boolean
  buffering: boolean
  /** The picture of where the playhead is to be is on the screen. */
  arrived: boolean
  /** Negative is backwards. */
  rate: number
  /** At this speed and direction all frames are shown, as far as the screen is fast enough, or key frames alone. */
  shows: Shows
  /** Which recording is shown, and whether that was chosen by hand. */
  stream: StreamKind
  choice: Choice
  /** The recording has sound. */
  sound: boolean
  /** At a gap: the next footage, null when there is none (yet). */
  next: number | null
  /** At a gap: what is missing and why, null while that is not known. */
  gap: GapInfo | null
  /** Played up to the present: more comes as it is recorded. */
  live: boolean
  /** Played backwards to the very first footage. */
  oldest: boolean
  /** The gap that was last passed while playing; backwards it goes from a later instant to an earlier one. */
  skipped: { from: number; to: number } | null
  message: string
}

export interface GapInfo {
  start: number
  end: number
  cause: string
  detail: string
}

/** What is recorded at an instant: in a gap, why not, where footage goes on and where that before it ended. */
export type Locate = (
  camera: string,
  stream: StreamKind,
  at: number,
) => Promise<{
  recorded: boolean
  next: number | null
  /** Where the footage before the gap ended; null when there is none. */
  previous: number | null
  gap: GapInfo | null
  /** So young that it is still on its way, or in the future. */
  pending: boolean
}>

export const initialState = (stream: StreamKind): VodState => ({
  phase: 'loading',
  playing: true,
  buffering: true,
  arrived: false,
  rate: 1,
  shows: 'frames',
  stream,
  choice: stream,
  sound: false,
  next: null,
  gap: null,
  live: false,
  oldest: false,
  skipped: null,
  message: '',
})
