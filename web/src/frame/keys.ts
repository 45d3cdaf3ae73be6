/** The keyboard, as the help shows it. The handlers are where the things are that they move. */
export const KEY_HELP: { title: string; keys: [string[], string][] }[] = [
  {
    title: 'Everywhere',
    keys: [
      [['Ctrl', 'K'], 'Go to a camera, page or instant'],
      [['G', 'then', 'O L P C S Y'], 'Overview, Live, Playback, Cameras, Storage, System'],
      [['?'], 'This list'],
    ],
  },
  {
    title: 'Live',
    keys: [
      [['1–9'], 'Focus a tile'],
      [['Esc'], 'Back to the grid'],
      [['F'], 'Full screen'],
      [['M'], 'Sound on or off'],
      [['S'], 'Snapshot'],
    ],
  },
  {
    title: 'Playback',
    keys: [
      [['Space'], 'Play or pause'],
      [['J', 'K', 'L'], 'Reverse, pause, forward; again is faster'],
      [['←', '→'], '5 s back or on; with Shift 1 s'],
      [[',', '.'], 'One frame back or on'],
      [['↑', '↓'], 'Zoom the timeline'],
      [['N'], 'Next recording after a gap'],
      [['End'], 'Now'],
      [['F'], 'Full screen'],
      [['M'], 'Sound on or off'],
      [['S'], 'Snapshot'],
    ],
  },
]

/** Whether a key press belongs to what is typed in, not to the page. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}
