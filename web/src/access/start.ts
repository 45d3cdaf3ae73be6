/** What happens to the app when somebody logs in or out, in this tab or in another one. */

import type { QueryClient } from '@tanstack/react-query'
import type { AnyRouter } from '@tanstack/react-router'
import type { Me } from '@/api/types'
import { ME } from './me'
import { isDoor, nextOf } from './next'
import { session } from './session'

/** Begins to keep the login alive. Called once, before the first page. */
export function startAccess(client: QueryClient, router: AnyRouter): void {
  session.start()
  session.onChange((change) => {
    if (change === 'changed') void enter(client, router)
    else leave(client, router, change)
  })
}

/**
 * To the login, and from there back to here. The page is loaded anew: nothing that was read or kept for the one who left
 * (answers, media tickets, pictures) is there for the next one.
 */
function leave(client: QueryClient, router: AnyRouter, why: 'left' | 'ended'): void {
  if (isDoor(router.state.location.pathname)) {
    client.clear()
    return
  }
  const next = why === 'ended' ? nextOf(router.state.location.href) : undefined
  window.location.assign(next === undefined ? '/login' : `/login?next=${encodeURIComponent(next)}`)
}

/** Who stands at a door goes on. Inside it was another tab, where somebody else may have logged in: all begins anew. */
async function enter(client: QueryClient, router: AnyRouter): Promise<void> {
  if (isDoor(router.state.location.pathname)) {
    client.clear()
    await router.invalidate()
  } else if (client.getQueryData<Me>(ME)?.session_id !== session.id) window.location.reload()
}
