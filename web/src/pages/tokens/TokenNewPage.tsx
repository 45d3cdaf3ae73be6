import { Button, Group, Modal, Stack } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, ApiError } from '@/api/client'
import { TOKENS, type ApiTokenMade } from '@/api/tokens'
import { CopyField } from '@/parts/CopyField'
import { LinkButton } from '@/parts/links'
import { Failure, Notice } from '@/parts/Notice'
import { useZone } from '@/state/hooks'
import { AdminPage } from '../admin/AdminPage'
import { bodyOf, newToken, tokenErrors } from './draft'
import { TokenFields } from './TokenFields'
import classes from './Tokens.module.css'

const route = getRouteApi('/frame/admin/tokens/new')

/** Makes a token for oneself: as little as the program needs. */
export function TokenNewPage() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const zone = useZone()
  const { camera } = route.useSearch()
  const [draft, setDraft] = useState(() => newToken(camera))
  const [shown, setShown] = useState(false)
  const [made, setMade] = useState<ApiTokenMade | null>(null)
  const errors = tokenErrors(draft, zone)
  const making = useMutation({
    mutationFn: () => api.post<ApiTokenMade>('/api-tokens', { body: bodyOf(draft, zone, Date.now()) }),
    onSuccess: async (token) => {
      setMade(token)
      await client.invalidateQueries({ queryKey: TOKENS })
    },
  })
  const failed = making.error instanceof ApiError && making.error.field === 'name' ? making.error : null
  return (
    <AdminPage title="Make an API token">
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setShown(true)
          if (Object.keys(errors).length === 0) making.mutate()
        }}
      >
        <TokenFields
          draft={draft}
          errors={{
            ...(errors.networks ? { networks: errors.networks } : {}),
            ...(failed ? { name: failed.message } : {}),
            ...(shown ? errors : {}),
          }}
          onChange={(change) => setDraft({ ...draft, ...change })}
        />
        {making.error && !failed && <Failure error={making.error} />}
        <Group gap="sm">
          <Button type="submit" loading={making.isPending}>
            Make token
          </Button>
          <LinkButton to="/admin/tokens" variant="default">
            Cancel
          </LinkButton>
        </Group>
      </form>
      <Modal
        opened={made !== null}
        onClose={() => void navigate({ to: '/admin/tokens' })}
        closeOnClickOutside={false}
        title={`${made?.name ?? ''} was made`}
        size="lg"
      >
        <Stack>
          <Notice tone="degraded" title="Take the token now: it is not shown again.">
            Vedette keeps only a hash of it. Whoever has it may do what it may do.
          </Notice>
          <CopyField label="Token" value={made?.token ?? ''} />
          <CopyField label="As a header" value={`Authorization: Bearer ${made?.token ?? ''}`} />
          {made?.permissions.includes('live.view') && (
            <CopyField label="As a login of RTSP (name:password)" value={`${made.hint}:${made.token}`} />
          )}
          <Group justify="flex-end">
            <Button onClick={() => void navigate({ to: '/admin/tokens' })}>I have it</Button>
          </Group>
        </Stack>
      </Modal>
    </AdminPage>
  )
}
