import { IconServerCog } from '@tabler/icons-react'

/** The pages of the rail, in its order. `key` is what follows G on the keyboard. */
export const PAGES = [{ to: '/system', label: 'System', icon: IconServerCog, key: 'y' }] as const
