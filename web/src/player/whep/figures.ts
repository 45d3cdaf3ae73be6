/** What a WebRTC connection tells of itself, as differences from one look to the next. */

export interface WebRtcFigures {
  /** Mean wait of a frame in the receiver's jitter buffer, milliseconds. */
  jitterBufferMs: number | null
  /** Packets that never came, since the beginning. */
  lost: number
  /** Packets that came only when asked for again. */
  repaired: number
  fps: number | null
  /** Bits per second. */
  bitRate: number | null
  roundTripMs: number | null
}

interface Look {
  at: number
  bytes: number
  frames: number
  delayS: number
  emitted: number
}

/** The numbers of `RTCPeerConnection.getStats` that matter here. */
interface Inbound {
  type: string
  kind?: string
  timestamp: number
  bytesReceived?: number
  framesDecoded?: number
  jitterBufferDelay?: number
  jitterBufferEmittedCount?: number
  packetsLost?: number
  nackCount?: number
  retransmittedPacketsReceived?: number
  nominated?: boolean
  currentRoundTripTime?: number
}

export class FigureReader {
  private before: Look | null = null

  read(stats: Iterable<Inbound>): WebRtcFigures | null {
    let inbound: Inbound | null = null
    let roundTripMs: number | null = null
    for (const one of stats) {
      if (one.type === 'inbound-rtp' && one.kind === 'video') inbound = one
      if (one.type === 'candidate-pair' && one.nominated && one.currentRoundTripTime !== undefined)
        roundTripMs = one.currentRoundTripTime * 1000
    }
    if (!inbound) return null
    const now: Look = {
      at: inbound.timestamp,
      bytes: inbound.bytesReceived ?? 0,
      frames: inbound.framesDecoded ?? 0,
      delayS: inbound.jitterBufferDelay ?? 0,
      emitted: inbound.jitterBufferEmittedCount ?? 0,
    }
    const { before } = this
    this.before = now
    const seconds = before ? (now.at - before.at) / 1000 : 0
    const emitted = before ? now.emitted - before.emitted : 0
    return {
      jitterBufferMs: before && emitted > 0 ? ((now.delayS - before.delayS) / emitted) * 1000 : null,
      lost: inbound.packetsLost ?? 0,
      repaired: inbound.retransmittedPacketsReceived ?? inbound.nackCount ?? 0,
      fps: before && seconds > 0 ? (now.frames - before.frames) / seconds : null,
      bitRate: before && seconds > 0 ? ((now.bytes - before.bytes) * 8) / seconds : null,
      roundTripMs,
    }
  }
}
