/** Zones in words. Pure. */

import { count } from '@/words/format'

/** Cameras of a zone that the server does not name: `2 cameras that you may not see`. */
export function hiddenWords(many: number): string {
  return `${count(many, 'camera')} that you may not see`
}
