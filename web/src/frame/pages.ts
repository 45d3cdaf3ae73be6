import {
  IconDatabase,
  IconDeviceCctv,
  IconHistory,
  IconHome,
  IconLayoutGrid,
  IconServerCog,
} from '@tabler/icons-react'

/** The pages of the rail, in its order. `key` is what follows G on the keyboard. */
export const PAGES = [
  { to: '/', label: 'Overview', icon: IconHome, key: 'o' },
  { to: '/live', label: 'Live', icon: IconLayoutGrid, key: 'l' },
  { to: '/playback', label: 'Playback', icon: IconHistory, key: 'p' },
  { to: '/cameras', label: 'Cameras', icon: IconDeviceCctv, key: 'c' },
  { to: '/storage', label: 'Storage', icon: IconDatabase, key: 's' },
  { to: '/system', label: 'System', icon: IconServerCog, key: 'y' },
] as const
