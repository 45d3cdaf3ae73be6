/** What becomes of a choice of many. Pure. */

/** With or without the ids, each once and in a stable order. */
export function withIds(chosen: readonly string[], ids: readonly string[], on: boolean): string[] {
  return on ? [...new Set([...chosen, ...ids])].sort() : chosen.filter((id) => !ids.includes(id))
}

/** The ids from one to the other as they are listed, both included; the second alone where the first is not there. */
export function between(listed: readonly string[], from: string | null, to: string): string[] {
  const [a, b] = [from === null ? -1 : listed.indexOf(from), listed.indexOf(to)]
  return a === -1 || b === -1 ? [to] : listed.slice(Math.min(a, b), Math.max(a, b) + 1)
}

/** Whether all, some or none of the ids are chosen. */
export function extent(chosen: readonly string[], ids: readonly string[]): 'all' | 'some' | 'none' {
  const held = ids.filter((id) => chosen.includes(id)).length
  return held === 0 ? 'none' : held === ids.length ? 'all' : 'some'
}

/** Where a key leads in a list of `length`, from `at`; null for a key that leads nowhere. */
export function stepTo(key: string, at: number, length: number): number | null {
  if (length === 0) return null
  switch (key) {
    case 'ArrowDown':
      return Math.min(length - 1, at + 1)
    case 'ArrowUp':
      return Math.max(0, at - 1)
    case 'PageDown':
      return Math.min(length - 1, at + 8)
    case 'PageUp':
      return Math.max(0, at - 8)
    case 'Home':
      return 0
    case 'End':
      return length - 1
    default:
      return null
  }
}
