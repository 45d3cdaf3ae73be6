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
    else void leave(client, router, change)
  })
}

/** To the login, and from there back to here. Nothing that was read stays: the next one may be somebody else. */
async function leave(client: QueryClient, router: AnyRouter, why: 'left' | 'ended'): Promise<void> {
  client.removeQueries({ queryKey: ME })
  const next = why === 'ended' ? nextOf(router.state.location.href) : undefined
  if (!isDoor(router.state.location.pathname))
    await router.navigate({ to: '/login', search: next === undefined ? {} : { next } })
  client.clear()
}

/** Who stands at a door goes on. Inside it was another tab, where somebody else may have logged in: all begins anew. */
async function enter(client: QueryClient, router: AnyRouter): Promise<void> {
  if (isDoor(router.state.location.pathname)) {
    client.clear()
    await router.invalidate()
  } else if (client.getQueryData<Me>(ME)?.session_id !== session.id) window.location.reload()
}
