/** Edits of one thing by several people. Pure. */

/** The fields that differ. Lists are compared as they are: whoever does not care for their order sorts them. */
export function changesBetween<D extends object>(from: D, to: D): Partial<D> {
  const changed: Partial<D> = {}
  for (const name of Object.keys(to) as (keyof D)[])
    if (JSON.stringify(from[name]) !== JSON.stringify(to[name])) changed[name] = to[name]
  return changed
}

/** What one person made of `base`, put onto what another made of it: where both changed a field, `mine` holds. */
export function merge<D extends object>(base: D, mine: D, theirs: D): D {
  return { ...theirs, ...changesBetween(base, mine) }
}

/** The names of the fields that both changed, and not to the same. */
export function clashes<D extends object>(base: D, mine: D, theirs: D): (keyof D)[] {
  const changed = changesBetween(base, theirs)
  const names = Object.keys(changesBetween(base, mine)) as (keyof D)[]
  return names.filter(
    (name) => name in changed && JSON.stringify(mine[name]) !== JSON.stringify(theirs[name]),
  )
}
