import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { allPages } from '@/api/pages'
import { peopleKeys, usersPage, type User } from '@/api/people'
import { ordered, type Key, type Order } from '@/parts/listing/arrange'
import { useListSearch } from '@/parts/listing/useListing'

const USUAL: Order = { by: 'name', down: false }
const ROWS = 100

const COLUMNS: Record<string, (user: User) => Key> = {
  name: ({ username }) => username,
  factor: ({ totp }) => (totp ? 1 : 0),
  seen: ({ last_login_at }) => (last_login_at === null ? null : Date.parse(last_login_at)),
}

export type Users = ReturnType<typeof useUsers>

/**
 * The accounts that match, in the order that is asked for. By name the server gives them page by page, as far as somebody
 * looks; for another order all of them have to be there first.
 */
export function useUsers() {
  const { q, setQ, order, sortBy } = useListSearch(Object.keys(COLUMNS), USUAL)
  const byName = order.by === USUAL.by && !order.down
  const pages = useInfiniteQuery({
    queryKey: [...peopleKeys.users, 'pages', q],
    queryFn: ({ pageParam, signal }) => usersPage(q, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    enabled: byName,
  })
  const every = useQuery({
    queryKey: [...peopleKeys.users, 'every', q],
    queryFn: ({ signal }) => allPages<User>('/users', { q: q || null }, signal),
    placeholderData: keepPreviousData,
    enabled: !byName,
  })
  const [rows, setRows] = useState(ROWS)
  const read = byName ? pages : every
  const common = { q, setQ, order, sortBy, error: read.error, retry: () => void read.refetch() }
  if (byName)
    return {
      ...common,
      shown: pages.data?.pages.flatMap(({ items }) => items),
      more: pages.hasNextPage,
      busy: pages.isFetchingNextPage,
      onMore: () => void pages.fetchNextPage(),
    }
  const key = COLUMNS[order.by] ?? (({ username }: User) => username)
  const all = every.data && ordered(every.data, key, order.down)
  return {
    ...common,
    shown: all?.slice(0, rows),
    more: (all?.length ?? 0) > rows,
    busy: false,
    onMore: () => setRows(rows + ROWS),
  }
}
