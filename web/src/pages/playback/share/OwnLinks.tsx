import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, explain } from '@/api/client'
import type { components } from '@/api/schema'

type Link = components['schemas']['ShareLink']

const STATES: Record<Link['state'], string> = {
  active: 'works',
  expired: 'expired',
  withdrawn: 'withdrawn',
  used_up: 'used up',
}

/** The links that one has given away; each can be withdrawn. */
export function OwnLinks() {
  const client = useQueryClient()
  const links = useQuery({
    queryKey: ['share-links'],
    queryFn: () => api.get<{ items: Link[] }>('/share-links'),
  })
  const withdrawing = useMutation({
    mutationFn: (id: string) => api.delete(`/share-links/${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['share-links'] }),
  })
  if (links.error) return <Text role="alert">{explain(links.error)}</Text>
  if (!links.data) return <Skeleton height={96} aria-label="Loading the links" />
  if (links.data.items.length === 0) return <Text>You have not shared anything yet.</Text>
  return (
    <Stack gap="sm">
      {withdrawing.error && <Text role="alert">{explain(withdrawing.error)}</Text>}
      {links.data.items.map((link) => (
        <Group key={link.id} justify="space-between" wrap="nowrap">
          <div>
            <Text>
              {link.camera_name}, {new Date(link.start).toLocaleString()}
            </Text>
            <Text className="meta">
              {STATES[link.state]}
              {link.password ? ', with a password' : ''}, opened {link.views} times, until{' '}
              {new Date(link.expires_at).toLocaleString()}
              {link.note ? `. ${link.note}` : ''}
            </Text>
          </div>
          {link.state === 'active' && (
            <Button
              variant="default"
              aria-label={`Withdraw the link to ${link.camera_name}, ${new Date(link.start).toLocaleString()}`}
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
