import { Button, Skeleton, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { IconShare } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '@/api/client'
import type { components } from '@/api/schema'
import type { Page } from '@/api/types'
import { Confirm } from '@/parts/Confirm'
import { MoreRows } from '@/parts/MoreRows'
import { Empty, Failure } from '@/parts/Notice'
import { useNow, useZone } from '@/state/hooks'
import { count, moment, stretch } from '@/words/format'
import { zoneName } from '@/words/zone'
import classes from './Share.module.css'

type Link = components['schemas']['ShareLink']

// The server names only cameras that one may see.
const UNSEEN = 'a camera that you may not see'

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
  const links = useInfiniteQuery({
    queryKey: ['share-links', everybody],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Link>>('/share-links', { query: { everybody, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
  const [withdrawing, setWithdrawing] = useState(false)
  // What the dialog says while it closes.
  const [asked, setAsked] = useState<Link | null>(null)
  const shown = links.data?.pages.flatMap(({ items }) => items)
  const span = (link: Link) => stretch(Date.parse(link.start), Date.parse(link.end), zone, now)
  if (links.error && !shown) return <Failure error={links.error} onRetry={() => void links.refetch()} />
  if (!shown) return <Skeleton height={96} aria-label="Loading the links" />
  if (shown.length === 0)
    return (
      <Empty icon={<IconShare size={40} stroke={1.25} />} title="No link yet">
        {everybody ? 'Nobody has' : 'You have not'} shared anything yet.
      </Empty>
    )
  return (
    <Stack gap="sm">
      {links.error && <Failure error={links.error} onRetry={() => void links.fetchNextPage()} />}
      <ul className={classes.links}>
        {shown.map((link) => (
          <li key={link.id} className={classes.link} data-over={link.state === 'active' ? undefined : ''}>
            <div className={classes.told}>
              <div className="tabular">
                <span className={classes.name}>{link.camera_name ?? UNSEEN}</span>, {span(link)}
              </div>
              <div className="meta tabular">
                {everybody && `of ${link.username}, `}
                {STATES[link.state]}
                {link.password ? ', with a password' : ''}, {opened(link)}, until{' '}
                {moment(Date.parse(link.expires_at), zone, now, 'minute')}
              </div>
              {link.note && <div className="meta">{link.note}</div>}
            </div>
            {link.state === 'active' && (
              <Button
                variant="default"
                aria-label={`Withdraw the link to ${link.camera_name ?? UNSEEN}, ${span(link)}`}
                onClick={() => {
                  setAsked(link)
                  setWithdrawing(true)
                }}
              >
                Withdraw…
              </Button>
            )}
          </li>
        ))}
      </ul>
      <MoreRows
        more={links.hasNextPage}
        busy={links.isFetchingNextPage}
        onMore={() => void links.fetchNextPage()}
      />
      <p className="meta">Times are those of {zoneName(now, zone)}.</p>
      <Confirm
        opened={withdrawing}
        title={`Withdraw the link to ${asked?.camera_name ?? UNSEEN}?`}
        action="Withdraw the link"
        act={() => api.delete(`/share-links/${asked?.id ?? ''}`)}
        onDone={() => {
          notifications.show({ message: `The link to ${asked?.camera_name ?? UNSEEN} was withdrawn.` })
          void client.invalidateQueries({ queryKey: ['share-links'] })
        }}
        onClose={() => setWithdrawing(false)}
      >
        {asked && (
          <>
            It shows {span(asked)}
            {everybody ? ` and is of ${asked.username}` : ''}; {opened(asked)} so far. Whoever has it sees
            nothing from now on. Nothing brings it back; another one can be made.
          </>
        )}
      </Confirm>
    </Stack>
  )
}

function opened({ views, most_views }: Link): string {
  if (most_views === null) return `opened ${count(views, 'time')}`
  return `opened ${views.toLocaleString('en-GB')} of ${count(most_views, 'time')}`
}
