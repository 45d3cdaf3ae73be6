import { useQuery } from '@tanstack/react-query'
import { tokensQuery } from '@/api/tokens'
import { LinkButton } from '@/parts/links'
import { Section } from '@/parts/Section'
import { count } from '@/words/format'

/** On the profile: the way to one's own tokens. */
export function MyTokens() {
  const tokens = useQuery(tokensQuery(false, false)).data
  return (
    <Section title="API tokens" note="For programs that act for you.">
      <p>
        {tokens === undefined
          ? '…'
          : tokens.length === 0
            ? 'No program has one.'
            : `${count(tokens.length, 'token')}.`}
      </p>
      <div>
        <LinkButton to="/admin/tokens" search={{ own: true }} variant="default">
          {tokens?.length === 0 ? 'Make a token' : 'My tokens'}
        </LinkButton>
      </div>
    </Section>
  )
}
