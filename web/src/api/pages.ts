/** Lists come in pages; this reads them whole. */

import { api, type Query } from './client'
import type { Page } from './types'

/** Every page of a list, one after the other. */
export async function allPages<T>(path: string, query: Query, signal: AbortSignal): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const page: Page<T> = await api.get<Page<T>>(path, { query: { ...query, limit: 200, cursor }, signal })
    items.push(...page.items)
    cursor = page.next
  } while (cursor)
  return items
}
