import type { RailPage } from './pages'

export interface KeyGroup {
  title: string
  keys: [string[], string][]
}

/** The keyboard, as the help shows it to who is offered these pages. The handlers are where the things are. */
export function keyHelp(pages: readonly RailPage[]): KeyGroup[] {
  const keys = pages.map(({ key }) => key.toUpperCase()).join(' ')
  const go: KeyGroup['keys'][number] = [['G', 'then', keys], pages.map(({ label }) => label).join(', ')]
  const offered = (title: string) => title === 'Everywhere' || pages.some(({ label }) => label === title)
  return KEYS.filter(({ title }) => offered(title)).map((group) =>
    group.title === 'Everywhere' ? { ...group, keys: group.keys.toSpliced(1, 0, go) } : group,
  )
}

const KEYS: KeyGroup[] = [
  {
    title: 'Everywhere',
    keys: [
      [['Ctrl', 'K'], 'Go to a camera, page or instant'],
      [['?'], 'This list'],
    ],
  },
  {
    title: 'Live',
    keys: [
      [['1–9'], 'Focus a tile'],
      [['Esc'], 'Back to the grid'],
      [['PgUp', 'PgDn'], 'The page before, the next page'],
      [['P'], 'Start or stop the sequence'],
      [['A'], 'Arrange the wall'],
      [['Space', '←', '→', '↑', '↓'], 'Arranging: take a camera and move it'],
      [['Enter', 'Del'], 'Arranging: choose a camera, empty the place'],
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
