import type { RailPage } from './pages'

export interface KeyGroup {
  title: string
  keys: [string[], string][]
}

/**
 * The keyboard, as the help shows it to who is offered these pages; that of the page `here` (its path) comes first. The
 * handlers are where the things are.
 */
export function keyHelp(pages: readonly RailPage[], here = ''): KeyGroup[] {
  const keys = pages.map(({ key }) => key.toUpperCase()).join(' ')
  const go: KeyGroup['keys'][number] = [['G', 'then', keys], pages.map(({ label }) => label).join(', ')]
  const offered = (title: string) => title === 'Everywhere' || pages.some(({ label }) => label === title)
  const page = pages.find(({ to }) => here === to || here.startsWith(`${to}/`))?.label
  return KEYS.filter(({ title }) => offered(title))
    .map((group) =>
      group.title === 'Everywhere' ? { ...group, keys: group.keys.toSpliced(1, 0, go) } : group,
    )
    .sort((a, b) => Number(b.title === page) - Number(a.title === page))
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
      [['<', '>'], 'Slower, faster (1/8 to 32 times)'],
      [['←', '→'], '5 s back or on; with Shift 1 s'],
      [[',', '.'], 'One frame back or on'],
      [['↑', '↓'], 'Zoom the timeline'],
      [['N'], 'Next recording after a gap, or next bookmark'],
      [['B'], 'Bookmark this instant; with Shift all bookmarks'],
      [['PgUp', 'PgDn'], 'The mark before, the next mark'],
      [['I', 'O'], 'Mark in, mark out (also [ and ]); with Shift go there'],
      [['R', 'X'], 'Loop between the marks, clear them'],
      [['+', '-', '0'], 'Zoom the picture, show all of it'],
      [['End'], 'Now'],
      [['F'], 'Full screen'],
      [['M'], 'Sound on or off'],
      [['S'], 'Snapshot'],
      [['C'], 'Find changes in a part of the picture'],
      [['H'], 'The next change that was found; with Shift the one before'],
      [['1–9', 'Esc'], 'Several cameras: one of them large, all again'],
      [['A'], 'Several cameras: arrange them'],
    ],
  },
]

/** Whether a key press belongs to what is typed in, not to the page. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}
