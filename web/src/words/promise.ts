/** What a camera or a volume promises to keep, in words. Without a limit footage stays until its room is needed. */

import { bytes, count } from './format'

export function promise(kept: { keep_days: number | null; keep_bytes: number | null }): string {
  const days = kept.keep_days === null ? '' : count(kept.keep_days, 'day')
  const size = kept.keep_bytes === null ? '' : `at most ${bytes(kept.keep_bytes)}`
  return [days, size].filter(Boolean).join(', ') || 'until room is needed, the oldest goes first'
}
