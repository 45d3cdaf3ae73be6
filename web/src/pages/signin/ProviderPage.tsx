import { Button, Group, Skeleton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { api, type Versioned } from '@/api/client'
import { oidcKeys, providerQuery, type Provider } from '@/api/oidc'
import { Failure } from '@/parts/Notice'
import { AdminPage } from '../admin/AdminPage'
import { count } from '@/words/format'
import { draftOf, toPatch, unfinished, type ProviderDraft } from './draft'
import { ProviderDelete } from './ProviderDelete'
import { ProviderFields } from './ProviderFields'
import { ProviderTester } from './ProviderTester'
import classes from './SignIn.module.css'

const route = getRouteApi('/frame/admin/sign-in/$id')

/** One provider: its settings, its test, its end. */
export function ProviderPage() {
  const { id } = route.useParams()
  const provider = useQuery(providerQuery(id))
  return (
    <AdminPage
      title={provider.data?.data.name ?? 'Sign-in provider'}
      note={provider.data && count(provider.data.data.people, 'linked account')}
      width="text"
    >
      {provider.error && !provider.data && (
        <Failure error={provider.error} onRetry={() => void provider.refetch()} />
      )}
      {!provider.data && !provider.error && <Skeleton height={400} />}
      {provider.data && <Editor key={provider.data.version} stored={provider.data} />}
    </AdminPage>
  )
}

function Editor({ stored: { data: stored, version } }: { stored: Versioned<Provider> }) {
  const client = useQueryClient()
  const [draft, setDraft] = useState<ProviderDraft>(() => draftOf(stored))
  const patch = toPatch(draft, stored)
  const dirty = Object.keys(patch).length > 0
  const saving = useMutation({
    mutationFn: () => api.patch<Provider>(`/oidc-providers/${stored.id}`, { body: patch, ifMatch: version }),
    onSuccess: async () => {
      notifications.show({ message: `${draft.name} was saved.` })
      await client.invalidateQueries({ queryKey: oidcKeys.all })
    },
  })
  return (
    <>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        <ProviderFields
          draft={draft}
          onChange={(edit) => setDraft((before) => ({ ...before, ...edit }))}
          redirectUrl={stored.redirect_url}
          isNew={false}
          hasSecret={stored.has_client_secret}
          error={saving.error}
        />
        {saving.error && <Failure error={saving.error} />}
        <Group gap="sm">
          <Button type="submit" disabled={!dirty || unfinished(draft.mappings)} loading={saving.isPending}>
            Save
          </Button>
          <Button variant="default" disabled={!dirty} onClick={() => setDraft(draftOf(stored))}>
            Discard changes
          </Button>
          <ProviderDelete provider={stored} />
        </Group>
      </form>
      <ProviderTester id={stored.id} dirty={dirty} />
    </>
  )
}
