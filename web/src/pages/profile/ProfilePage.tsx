import { useQuery } from '@tanstack/react-query'
import { systemQuery } from '@/api/queries'
import { useAccess } from '@/access/useAccess'
import { Page } from '@/parts/Page'
import { LinkedProviders } from '../signin/LinkedProviders'
import { MyTokens } from '../tokens/MyTokens'
import { LoginSessions } from './LoginSessions'
import { Person } from './Person'
import { Preferences } from './Preferences'
import { PasswordSection } from './PasswordSection'
import { SecondFactor } from './SecondFactor'

/** Everything that is one's own: the account, how one signs in, where one is, and what this browser prefers. */
export function ProfilePage() {
  const { me } = useAccess()
  const system = useQuery(systemQuery).data
  return (
    <Page title="Profile" width="text">
      {me.user && (
        <>
          <Person me={me} account={me.user} />
          <PasswordSection account={me.user} />
          <SecondFactor account={me.user} />
          <LinkedProviders />
          <LoginSessions />
          <MyTokens />
        </>
      )}
      <Preferences siteZone={system?.timezone} />
    </Page>
  )
}
