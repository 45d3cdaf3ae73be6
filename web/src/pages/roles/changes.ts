/** A role's permissions while they are being changed. Pure. */

import type { Permission } from '@/api/people'

export interface SetChange {
  added: Permission[]
  removed: Permission[]
}

export function setChange(from: readonly Permission[], to: readonly Permission[]): SetChange {
  return { added: to.filter((one) => !from.includes(one)), removed: from.filter((one) => !to.includes(one)) }
}

export function changed({ added, removed }: SetChange): boolean {
  return added.length + removed.length > 0
}

export function toggled(set: readonly Permission[], name: Permission): Permission[] {
  return set.includes(name) ? set.filter((one) => one !== name) : [...set, name]
}

/** What was added to and taken from `base`, done to what it has become meanwhile. */
export function rebased(
  base: readonly Permission[],
  mine: readonly Permission[],
  now: readonly Permission[],
): Permission[] {
  const { added, removed } = setChange(base, mine)
  return [...new Set([...now, ...added])].filter((one) => !removed.includes(one))
}
