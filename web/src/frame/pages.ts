import { IconHistory, IconLayoutGrid, IconServerCog } from '@tabler/icons-react'

/** The pages of the rail, in its order. `key` is what follows G on the keyboard. */
export const PAGES = [
  { to: '/live', label: 'Live', icon: IconLayoutGrid, key: 'l' },
  { to: '/playback', label: 'Playback', icon: IconHistory, key: 'p' },
  { to: '/system', label: 'System', icon: IconServerCog, key: 'y' },
] as const
