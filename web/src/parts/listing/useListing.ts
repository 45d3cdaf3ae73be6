import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { matching, ordered, orderOf, orderText, turned, type Key, type Order } from './arrange'
import type { ListSearch } from './search'

// So many rows are drawn at once; the next ones when the end of those comes into sight.
const ROWS = 100

interface Options<T> {
  items: readonly T[] | undefined
  /** What is searched. */
  text: (item: T) => string
  /** What each column that can be sorted by compares. */
  columns: Readonly<Record<string, (item: T) => Key>>
  usual: Order
}

export interface Listing<T> {
  q: string
  setQ: (q: string) => void
  order: Order
  sortBy: (column: string) => void
  /** What is drawn. */
  shown: T[]
  /** How many match. */
  found: number
  more: boolean
  showMore: () => void
}

/** A list that is there as a whole: searched, sorted, and drawn in pages. The search and the order are in the address. */
export function useListing<T>({ items, text, columns, usual }: Options<T>): Listing<T> {
  const { q, setQ, order, sortBy } = useListSearch(Object.keys(columns), usual)
  const [rows, setRows] = useState(ROWS)
  const found = matching(items ?? [], q, text)
  const key = columns[order.by]
  const all = key ? ordered(found, key, order.down) : found
  return {
    q,
    setQ,
    order,
    sortBy,
    shown: all.slice(0, rows),
    found: all.length,
    more: all.length > rows,
    showMore: () => setRows(rows + ROWS),
  }
}

/** The search and the order of a list, as the address has them. */
export function useListSearch(
  columns: readonly string[],
  usual: Order,
): Pick<Listing<never>, 'q' | 'setQ' | 'order' | 'sortBy'> {
  const search: ListSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  const order = orderOf(search.sort, columns, usual)
  const go = (change: { q?: string | undefined; sort?: string | undefined }) =>
    void navigate({
      to: '.',
      search: (before: object) =>
        // What is empty has no place in the address.
        Object.fromEntries(
          Object.entries<unknown>({ ...before, ...change }).filter(([, value]) => value !== undefined),
        ),
      replace: true,
    })
  return {
    q: search.q ?? '',
    setQ: (q) => go({ q: q || undefined }),
    order,
    sortBy: (column) => {
      const next = turned(order, column)
      const isUsual = next.by === usual.by && next.down === usual.down
      go({ sort: isUsual ? undefined : orderText(next) })
    },
  }
}
