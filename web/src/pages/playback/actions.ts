/** What a person can do on the playback page, by button or key. */

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16] as const

export interface PlaybackActions {
  toggle: () => void
  pause: () => void
  /** Milliseconds from the playhead. */
  skip: (ms: number) => void
  step: (frames: number) => void
  setRate: (rate: number) => void
  nextRecording: () => void
  now: () => void
  toggleMute: () => void
  snapshot: () => void
  /** Null for who may not. */
  download: (() => void) | null
  fullScreen: () => void
  /** Above 1 shows more time. */
  zoom: (factor: number) => void
}

/** The next speed in the direction of J (backwards) or L (forwards): from standing 1, then double, up to 16. */
export function shuttle(rate: number, playing: boolean, direction: 1 | -1): number {
  if (!playing || Math.sign(rate) !== direction || Math.abs(rate) < 1) return direction
  return direction * Math.min(16, Math.abs(rate) * 2)
}

/** Does what a key press means. False when it means nothing here. */
export function actOnKey(
  event: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  player: { rate: number; playing: boolean },
  actions: PlaybackActions,
): boolean {
  switch (event.key) {
    case ' ':
      actions.toggle()
      return true
    case 'ArrowLeft':
    case 'ArrowRight':
      actions.skip((event.key === 'ArrowLeft' ? -1 : 1) * (event.shiftKey ? 1000 : 5000))
      return true
    case 'ArrowUp':
      actions.zoom(1 / 1.6)
      return true
    case 'ArrowDown':
      actions.zoom(1.6)
      return true
    case ',':
      actions.step(-1)
      return true
    case '.':
      actions.step(1)
      return true
    case 'End':
      actions.now()
      return true
  }
  switch (event.key.toLowerCase()) {
    case 'j':
      actions.setRate(shuttle(player.rate, player.playing, -1))
      return true
    case 'k':
      actions.pause()
      return true
    case 'l':
      actions.setRate(shuttle(player.rate, player.playing, 1))
      return true
    case 'n':
      actions.nextRecording()
      return true
    case 'f':
      actions.fullScreen()
      return true
    case 'm':
      actions.toggleMute()
      return true
    case 's':
      actions.snapshot()
      return true
  }
  return false
}
