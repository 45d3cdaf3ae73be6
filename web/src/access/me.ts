/** Who is here, from the server. */

import { queryOptions } from '@tanstack/react-query'
import { api } from '@/api/client'
import type { Me } from '@/api/types'

export const ME = ['me'] as const

/** The person of this browser and what they may do; fails with 401 when nobody is logged in. */
export const meQuery = queryOptions({
  queryKey: ME,
  queryFn: ({ signal }) => api.get<Me>('/auth/me', { signal }),
  // Grants have hours and are given and withdrawn: nothing tells of that but asking.
  refetchInterval: 60_000,
})
