/** Who gets to which page: no account yet leads to the set-up, nobody logged in to the login. */

import type { QueryClient } from '@tanstack/react-query'
import { redirect } from '@tanstack/react-router'
import { api, ApiError } from '@/api/client'
import { systemQuery } from '@/api/queries'
import type { Me, SetupState } from '@/api/types'
import { holds } from './may'
import { meQuery } from './me'
import { nextOf } from './next'
import { session } from './session'

/** The person of this browser, null when nobody is logged in. */
export async function person(client: QueryClient): Promise<Me | null> {
  try {
    const me = await client.query({ ...meQuery, staleTime: 'static' })
    session.seen(me.session_id)
    return me
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null
    throw error
  }
}

/** Whether the first administrator is still to be made. */
export async function setupNeeded(): Promise<boolean> {
  return (await api.get<SetupState>('/auth/setup')).needed
}

/** Gives who is logged in, and sends everybody else where they become so. */
export async function demandPerson(client: QueryClient, href: string): Promise<Me> {
  const me = await person(client)
  if (me && !me.user?.must_change_password) return me
  /* eslint-disable @typescript-eslint/only-throw-error -- the router's way to redirect */
  if (!me && (await setupNeeded())) throw redirect({ to: '/setup' })
  const next = nextOf(href)
  throw redirect({ to: '/login', search: next === undefined ? {} : { next } })
  /* eslint-enable @typescript-eslint/only-throw-error */
}

/** Whether this person is to be led through the first run. */
export async function firstRun(client: QueryClient, me: Me): Promise<boolean> {
  const system = await client.query({ ...systemQuery, staleTime: 'static' })
  return system.first_run && holds(me, 'system.manage')
}
