import { Button, Group } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { address, api } from '@/api/client'
import { oidcKeys, type Provider } from '@/api/oidc'
import { LinkButton } from '@/parts/links'
import { Failure } from '@/parts/Notice'
import { AdminPage } from '../admin/AdminPage'
import { EMPTY, slugOf, toCreate, unfinished, type ProviderDraft } from './draft'
import { ProviderFields } from './ProviderFields'
import classes from './SignIn.module.css'

/** A new provider. Its short name follows its name until somebody writes another. */
export function ProviderNewPage() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [draft, setDraft] = useState<ProviderDraft>(EMPTY)
  const adding = useMutation({
    mutationFn: () => api.post<Provider>('/oidc-providers', { body: toCreate(draft) }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: oidcKeys.all })
      await navigate({ to: '/admin/sign-in/$id', params: { id } })
    },
  })
  const change = (edit: Partial<ProviderDraft>) =>
    setDraft((before) => {
      const follows = edit.name !== undefined && before.slug === slugOf(before.name)
      return { ...before, ...edit, ...(follows ? { slug: slugOf(edit.name ?? '') } : {}) }
    })
  return (
    <AdminPage title="Add sign-in provider" width="text">
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          adding.mutate()
        }}
      >
        <ProviderFields
          draft={draft}
          onChange={change}
          redirectUrl={window.location.origin + address(`/auth/oidc/${draft.slug || '…'}/callback`)}
          isNew
          hasSecret={false}
          error={adding.error}
        />
        {adding.error && <Failure error={adding.error} />}
        <Group gap="sm">
          <Button type="submit" loading={adding.isPending} disabled={unfinished(draft.mappings)}>
            Add provider
          </Button>
          <LinkButton to="/admin/sign-in" variant="default">
            Cancel
          </LinkButton>
        </Group>
      </form>
    </AdminPage>
  )
}
