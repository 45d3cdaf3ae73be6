import { expect, test } from 'vitest'
import { conduct, PATIENCE_MS, type Order, type Standing, type Wanted } from './conduct'

const ready: Standing = { kind: 'ready' }
const waiting: Standing = { kind: 'waiting' }
const out: Standing = { kind: 'out' }
const gap = (previous: number | null, next: number | null): Standing => ({ kind: 'gap', previous, next })

const run: Order = { kind: 'run' }
const hold: Order = { kind: 'hold' }
const PLAYING: Wanted = { playing: true, backwards: false, heldMs: null }

test.each<[string, Standing[], Partial<Wanted>, Order]>([
  ['paused', [ready, ready], { playing: false }, hold],
  ['no camera', [], {}, hold],
  ['all ready', [ready, ready], { heldMs: 0 }, run],
  ['one is not yet, after a seek', [ready, waiting], { heldMs: 100 }, hold],
  ['one is slow after a seek', [ready, waiting], { heldMs: PATIENCE_MS }, run],
  ['one stalls while it plays', [ready, waiting], {}, run],
  ['all stall', [waiting, waiting], {}, hold],
  ['all stall for long', [waiting, waiting], { heldMs: 60_000 }, hold],
  ['one is in a gap', [ready, gap(1, 9)], {}, run],
  ['one is in a gap, the other stalls', [waiting, gap(1, 9)], {}, hold],
  ['all are in gaps', [gap(1, 9), gap(2, 7), gap(null, null)], {}, { kind: 'jump', to: 7 }],
  ['the broken do not count', [out, gap(2, 7)], {}, { kind: 'jump', to: 7 }],
  [
    'backwards to the last footage of any',
    [gap(1, 9), gap(2, 7)],
    { backwards: true },
    { kind: 'jump', to: 1 },
  ],
  ['nothing comes after', [gap(1, null), gap(2, null)], {}, { kind: 'end' }],
  ['nothing came before', [gap(null, 4), out], { backwards: true }, { kind: 'end' }],
  ['all are broken', [out, out], {}, hold],
  ['some are broken', [out, ready], {}, run],
])('%s', (_, cameras, wanted, order) => {
  expect(conduct(cameras, { ...PLAYING, ...wanted })).toEqual(order)
})
