import { expect, it } from 'vitest'
import { FigureReader } from './figures'

const look = (seconds: number, more: object = {}) => [
  { type: 'candidate-pair', timestamp: 0, nominated: true, currentRoundTripTime: 0.004 },
  {
    type: 'inbound-rtp',
    kind: 'video',
    timestamp: seconds * 1000,
    bytesReceived: seconds * 500_000,
    framesDecoded: seconds * 25,
    jitterBufferDelay: seconds * 25 * 0.03,
    jitterBufferEmittedCount: seconds * 25,
    packetsLost: 2,
    nackCount: 5,
    ...more,
  },
]

it('tells what happened between two looks', () => {
  const reader = new FigureReader()
  const none = { jitterBufferMs: null, fps: null, bitRate: null }
  expect(reader.read(look(1))).toMatchObject({ ...none, lost: 2, repaired: 5, roundTripMs: 4 })
  const second = reader.read(look(3, { retransmittedPacketsReceived: 4 }))
  expect(second).toMatchObject({ fps: 25, bitRate: 4_000_000, repaired: 4 })
  expect(second?.jitterBufferMs).toBeCloseTo(30)
})

it('has nothing to tell before media flows', () => {
  expect(new FigureReader().read([])).toBeNull()
})
