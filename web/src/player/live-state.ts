/** What a live player says of itself, by whatever transport. */

import type { StreamStatus } from '@/api/types'
import type { Quality } from './quality'
import type { Refusal } from './refusal'

export interface LiveState {
  /**
   * `unsupported`: this browser cannot decode the stream; `gone`: there is no such camera; `refused`: one may not see it
   * (any more). In the last two nothing is asked of the server any more. `ended`: somebody ended it, and it is asked for
   * only by `again`; `full`: a limit is reached, it is asked for later by itself. `refusal` says more of these two.
   */
  phase: 'connecting' | 'playing' | 'unsupported' | 'gone' | 'refused' | 'ended' | 'full'
  refusal?: Refusal | null
  /** Since when nothing came, client clock, once that is long enough to tell; null while media flows. */
  silentSince: number | null
  /** What the server last said about the stream. */
  status: StreamStatus | null
  codecs: string
  hasAudio: boolean
  /** Whether the socket is open: when it is not, the server (not the camera) is out of reach. */
  connected: boolean
  /** How it comes, for who wants to know: `MSE`, `HLS`, `WebRTC`. */
  by?: string
  /** What is shown less of than there is, and why, in words; empty or missing while all is shown. */
  limited?: string
  /** The quality that the server converts the stream to; null or missing: it comes as the camera sends it. */
  converted?: Quality | null
  /** What the viewer should know about how it is shown: why there is no sound, or no WebRTC. */
  notice?: string
}

/** Before anything came. */
export const CONNECTING: LiveState = {
  phase: 'connecting',
  silentSince: null,
  status: null,
  codecs: '',
  hasAudio: false,
  connected: false,
}
