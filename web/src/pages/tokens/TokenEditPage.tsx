import { Button, Group, Skeleton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAccess } from '@/access/useAccess'
import { api, ApiError } from '@/api/client'
import { TOKENS, tokenQuery, type ApiToken } from '@/api/tokens'
import { NotFound } from '@/frame/Failures'
import { LinkButton } from '@/parts/links'
import { Failure, Notice } from '@/parts/Notice'
import { useUnsaved } from '@/parts/unsaved'
import { useNow, useZone } from '@/state/hooks'
import { moment } from '@/words/format'
import { AdminPage } from '../admin/AdminPage'
import { changesOf, draftOf, tokenErrors } from './draft'
import { TokenFields } from './TokenFields'
import classes from './Tokens.module.css'

const route = getRouteApi('/frame/admin/tokens/$id')

/** Changes a token of one's own; its secret stays. */
export function TokenEditPage() {
  const { id } = route.useParams()
  const { me } = useAccess()
  const read = useQuery({ ...tokenQuery(id), refetchOnWindowFocus: false })
  const token = read.data
  if (read.error instanceof ApiError && read.error.status === 404) return <NotFound />
  return (
    <AdminPage title={token ? `Change ${token.name}` : 'Change an API token'}>
      {read.error && !token && <Failure error={read.error} onRetry={() => void read.refetch()} />}
      {!token && !read.error && <Skeleton height={360} />}
      {token && (token.user_id !== me.user?.id || token.state === 'revoked') ? (
        <Notice tone="degraded">
          {token.state === 'revoked'
            ? 'This token was revoked. Make another one.'
            : `Only ${token.username} changes this token. It can be revoked.`}
        </Notice>
      ) : (
        token && <Editor key={id} token={token} />
      )}
    </AdminPage>
  )
}

function Editor({ token }: { token: ApiToken }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const zone = useZone()
  const now = useNow(60_000)
  const [draft, setDraft] = useState(() => draftOf(token, zone))
  const errors = tokenErrors(draft, zone)
  const changes = changesOf(token, draft, zone, now)
  const unsaved = useUnsaved(Object.keys(changes).length > 0)
  const back = { to: '/admin/tokens', search: { token: token.id } } as const
  const saving = useMutation({
    mutationFn: () => api.patch<ApiToken>(`/api-tokens/${token.id}`, { body: changes }),
    onSuccess: async (saved) => {
      unsaved.saved()
      notifications.show({ message: `${saved.name} was saved.` })
      await client.invalidateQueries({ queryKey: TOKENS })
      await navigate(back)
    },
  })
  const end = token.expires_at ? moment(Date.parse(token.expires_at), zone, now, 'minute') : undefined
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (Object.keys(errors).length === 0) saving.mutate()
      }}
    >
      {unsaved.dialog}
      <TokenFields
        draft={draft}
        errors={errors}
        token={token}
        end={end}
        onChange={(change) => setDraft({ ...draft, ...change })}
      />
      {saving.error && <Failure error={saving.error} />}
      <Group gap="sm">
        <Button type="submit" loading={saving.isPending} disabled={Object.keys(changes).length === 0}>
          Save
        </Button>
        <LinkButton {...back} variant="default">
          Cancel
        </LinkButton>
      </Group>
      <p className="meta">
        The secret stays as it is. What is taken away counts at once, also for what is open.
      </p>
    </form>
  )
}
