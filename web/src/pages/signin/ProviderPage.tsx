import { Button, Group, Skeleton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { api, ApiError, type Versioned } from '@/api/client'
import { oidcKeys, providerQuery, type Provider } from '@/api/oidc'
import { NotFound } from '@/frame/Failures'
import { FormFailure, useInvalidField } from '@/parts/FormFailure'
import { Failure } from '@/parts/Notice'
import { Unsaved } from '@/parts/unsaved'
import { count } from '@/words/format'
import { AdminPage } from '../admin/AdminPage'
import { DeleteButton } from '../admin/DeleteButton'
import { draftOf, toPatch, unfinished, type ProviderDraft } from './draft'
import { beside } from './fields'
import { ProviderFields } from './ProviderFields'
import { ProviderTester } from './ProviderTester'
import classes from './SignIn.module.css'

const route = getRouteApi('/frame/admin/sign-in/$id')

/** One provider: its settings, its test, its end. */
export function ProviderPage() {
  const { id } = route.useParams()
  const provider = useQuery(providerQuery(id))
  if (provider.error instanceof ApiError && provider.error.status === 404) return <NotFound />
  const known = provider.data?.data
  return (
    <AdminPage
      title={provider.data?.data.name ?? 'Sign-in provider'}
      note={known && count(known.people, 'linked account')}
      actions={
        known && (
          <DeleteButton
            what={`the provider ${known.name}`}
            action="Delete provider"
            act={() => api.delete(`/oidc-providers/${id}`, { query: { confirm: true } })}
            back="/admin/sign-in"
            renew={(client) => client.invalidateQueries({ queryKey: oidcKeys.all })}
          >
            {known.people > 0
              ? `${count(known.people, 'account')} linked with it: these people are signed out and lose what its mappings gave them. Who has no password can’t sign in any more.`
              : 'Nobody is linked with it.'}
          </DeleteButton>
        )
      }
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
  const form = useInvalidField(saving.error)
  return (
    <>
      <Unsaved when={dirty} />
      <form
        ref={form}
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        <FormFailure error={beside(saving.error)} />
        <ProviderFields
          draft={draft}
          onChange={(edit) => setDraft((before) => ({ ...before, ...edit }))}
          redirectUrl={stored.redirect_url}
          isNew={false}
          hasSecret={stored.has_client_secret}
          error={saving.error}
        />
        <Group gap="sm">
          <Button type="submit" disabled={!dirty || unfinished(draft.mappings)} loading={saving.isPending}>
            Save
          </Button>
          <Button variant="default" disabled={!dirty} onClick={() => setDraft(draftOf(stored))}>
            Discard changes
          </Button>
        </Group>
      </form>
      <ProviderTester id={stored.id} dirty={dirty} />
    </>
  )
}
