import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, explain } from '@/api/client'
import { allPages } from '@/api/pages'
import type { components } from '@/api/schema'
import { useNow, useZone } from '@/state/hooks'
import { count, moment } from '@/words/format'

type Link = components['schemas']['ShareLink']

const STATES: Record<Link['state'], string> = {
  active: 'works',
  expired: 'expired',
  withdrawn: 'withdrawn',
  used_up: 'used up',
}

/** The links that one has given away, or all; each can be withdrawn. */
export function Links({ everybody }: { everybody: boolean }) {
  const client = useQueryClient()
  const zone = useZone()
  const now = useNow(30_000)
  const links = useQuery({
    queryKey: ['share-links', everybody],
    queryFn: ({ signal }) => allPages<Link>('/share-links', { everybody }, signal),
  })
  const withdrawing = useMutation({
    mutationFn: (id: string) => api.delete(`/share-links/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['share-links'] }),
  })
  if (links.error) return <Text role="alert">{explain(links.error)}</Text>
  if (!links.data) return <Skeleton height={96} aria-label="Loading the links" />
  if (links.data.length === 0)
    return <Text>{everybody ? 'Nobody has' : 'You have not'} shared anything yet.</Text>
  const when = (at: string) => moment(Date.parse(at), zone, now)
  return (
    <Stack gap="sm">
      {withdrawing.error && <Text role="alert">{explain(withdrawing.error)}</Text>}
      {links.data.map((link) => (
        <Group key={link.id} justify="space-between" wrap="nowrap">
          <div>
            <Text>
              {link.camera_name}, {when(link.start)}
            </Text>
            <Text className="meta">
              {everybody && `of ${link.username}, `}
              {STATES[link.state]}
              {link.password ? ', with a password' : ''}, {opened(link)}, until {when(link.expires_at)}
              {link.note ? `. ${link.note}` : ''}
            </Text>
          </div>
          {link.state === 'active' && (
            <Button
              variant="default"
              aria-label={`Withdraw the link to ${link.camera_name}, ${when(link.start)}`}
              loading={withdrawing.isPending && withdrawing.variables === link.id}
              onClick={() => withdrawing.mutate(link.id)}
            >
              Withdraw
            </Button>
          )}
        </Group>
      ))}
    </Stack>
  )
}

function opened({ views, most_views }: Link): string {
  if (most_views === null) return `opened ${count(views, 'time')}`
  return `opened ${views.toLocaleString('en-GB')} of ${count(most_views, 'time')}`
}
