/** How a token is used: counts by day and by route. Pure. */

import type { TokenUse } from '@/api/tokens'

const DAY_MS = 86_400_000

export interface Usage {
  total: number
  /** Every day of the span, the oldest first; days without a request are there with 0. */
  days: { day: string; requests: number }[]
  /** The busiest first. */
  routes: { route: string; requests: number; lastDay: string }[]
}

export function usageOf(uses: readonly TokenUse[], today: number, many: number): Usage {
  const byDay = new Map<string, number>()
  const byRoute = new Map<string, { requests: number; lastDay: string }>()
  let total = 0
  for (const { day, route, requests } of uses) {
    total += requests
    byDay.set(day, (byDay.get(day) ?? 0) + requests)
    const known = byRoute.get(route)
    byRoute.set(route, {
      requests: (known?.requests ?? 0) + requests,
      lastDay: known && known.lastDay > day ? known.lastDay : day,
    })
  }
  return {
    total,
    days: Array.from({ length: many }, (_, back) => {
      // The server counts by UTC.
      const day = new Date(today - (many - 1 - back) * DAY_MS).toISOString().slice(0, 10)
      return { day, requests: byDay.get(day) ?? 0 }
    }),
    routes: [...byRoute]
      .map(([route, counts]) => ({ route, ...counts }))
      .sort((a, b) => b.requests - a.requests || a.route.localeCompare(b.route)),
  }
}
