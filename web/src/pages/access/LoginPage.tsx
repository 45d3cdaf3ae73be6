import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '@/api/client'
import type { Tokens } from '@/api/types'
import { session } from '@/access/session'
import { Notice } from '@/parts/Notice'
import { signInFailure } from '@/words/sign-in'
import { Door } from './Door'
import { ForcedPassword } from './ForcedPassword'
import { PasswordStep } from './PasswordStep'
import { ProviderButtons } from './ProviderButtons'
import { SecondStep } from './SecondStep'

const route = getRouteApi('/login')

export interface Credentials {
  username: string
  password: string
}

/** A login; when it works the app goes on by itself (`access/start`), to where the person wanted. */
export async function logIn(given: Credentials & { code?: string }): Promise<void> {
  session.opened(await api.post<Tokens>('/auth/login', { body: { ...given, transport: 'cookie' } }))
}

/** Who is it? Name and password, then a code where the account asks for one, then a new password where it must. */
export function LoginPage() {
  const [given, setGiven] = useState<Credentials | null>(null)
  const { mustChange } = route.useRouteContext()
  const search = route.useSearch()
  const [typed, setTyped] = useState('')
  if (mustChange !== undefined)
    return (
      <Door
        title="Choose a new password"
        intro="Somebody else has chosen the present one. From now on only you know it."
      >
        <ForcedPassword username={mustChange} present={typed} />
      </Door>
    )
  if (given)
    return (
      <Door title="Second step" intro={`One more proof that you are ${given.username}.`}>
        <SecondStep given={given} onBack={() => setGiven(null)} />
      </Door>
    )
  return (
    <Door title="Sign in">
      {search.error !== undefined && <Notice tone="danger">{signInFailure(search.error)}</Notice>}
      <PasswordStep
        onCodeNeeded={(credentials) => {
          setTyped(credentials.password)
          setGiven(credentials)
        }}
        onPassed={setTyped}
      />
      <ProviderButtons next={search.next} />
    </Door>
  )
}
