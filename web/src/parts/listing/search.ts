/** What a list's page has in its address. */
export interface ListSearch {
  /** What is looked for. */
  q?: string
  /** The column, with `-` before it for the other way. */
  sort?: string
}

/** Of an address that anybody may have written. */
export function listSearch(search: Record<string, unknown>): ListSearch {
  const { q, sort } = search
  return {
    ...(typeof q === 'string' || typeof q === 'number' ? { q: String(q) } : {}),
    ...(typeof sort === 'string' ? { sort } : {}),
  }
}
