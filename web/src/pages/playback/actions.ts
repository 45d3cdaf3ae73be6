/** What a person can do on the playback page, by button or key. */

import type { Mark } from '@/player/marks'
import { nextSpeed, shuttle } from './speeds'

export interface PlaybackActions {
  toggle: () => void
  pause: () => void
  /** Milliseconds from the playhead. `held`: one of many, because the key is held down. */
  skip: (ms: number, held?: boolean) => void
  step: (frames: number) => void
  setRate: (rate: number) => void
  nextRecording: () => void
  now: () => void
  toggleMute: () => void
  snapshot: () => void
  /** Null for who may not. */
  download: (() => void) | null
  fullScreen: () => void
  /** Of the timeline; above 1 shows more time. */
  zoom: (factor: number) => void
  /** To the next mark of the timeline (1), or the one before (-1). */
  jump: (direction: 1 | -1) => void
  mark: (which: Mark) => void
  clearMarks: () => void
  jumpTo: (which: Mark) => void
  toggleLoop: () => void
  copyLink: () => void
}

export interface Pressed {
  key: string
  shiftKey: boolean
  repeat?: boolean
}

type Player = { rate: number; playing: boolean }
type Act = (actions: PlaybackActions, player: Player, event: Pressed) => void

const skip =
  (sign: 1 | -1): Act =>
  (actions, _, { shiftKey, repeat }) =>
    actions.skip(sign * (shiftKey ? 1000 : 5000), repeat ?? false)

const setOrJump =
  (which: Mark): Act =>
  (actions, _, { shiftKey }) =>
    shiftKey ? actions.jumpTo(which) : actions.mark(which)

const KEYS: Record<string, Act> = {
  ' ': (actions) => actions.toggle(),
  arrowleft: skip(-1),
  arrowright: skip(1),
  arrowup: (actions) => actions.zoom(1 / 1.6),
  arrowdown: (actions) => actions.zoom(1.6),
  pageup: (actions) => actions.jump(-1),
  pagedown: (actions) => actions.jump(1),
  ',': (actions) => actions.step(-1),
  '.': (actions) => actions.step(1),
  '<': (actions, { rate }) => actions.setRate(nextSpeed(rate, -1)),
  '>': (actions, { rate }) => actions.setRate(nextSpeed(rate, 1)),
  end: (actions) => actions.now(),
  j: (actions, { rate, playing }) => actions.setRate(shuttle(rate, playing, -1)),
  k: (actions) => actions.pause(),
  l: (actions, { rate, playing }) => actions.setRate(shuttle(rate, playing, 1)),
  n: (actions) => actions.nextRecording(),
  f: (actions) => actions.fullScreen(),
  m: (actions) => actions.toggleMute(),
  s: (actions) => actions.snapshot(),
  i: setOrJump('in'),
  o: setOrJump('out'),
  '[': (actions) => actions.mark('in'),
  ']': (actions) => actions.mark('out'),
  x: (actions) => actions.clearMarks(),
  r: (actions) => actions.toggleLoop(),
}

/** Does what a key press means. False when it means nothing here. */
export function actOnKey(event: Pressed, player: Player, actions: PlaybackActions): boolean {
  const act = Object.hasOwn(KEYS, event.key.toLowerCase()) ? KEYS[event.key.toLowerCase()] : undefined
  act?.(actions, player, event)
  return act !== undefined
}
