import { Button, Group } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { address, api } from '@/api/client'
import { oidcKeys, type Provider } from '@/api/oidc'
import { FormFailure, useInvalidField } from '@/parts/FormFailure'
import { LinkButton } from '@/parts/links'
import { useUnsaved } from '@/parts/unsaved'
import { AdminPage } from '../admin/AdminPage'
import { EMPTY, slugOf, toCreate, unfinished, type ProviderDraft } from './draft'
import { beside } from './fields'
import { ProviderFields } from './ProviderFields'
import classes from './SignIn.module.css'

/** A new provider. Its short name follows its name until somebody writes another. */
export function ProviderNewPage() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [draft, setDraft] = useState<ProviderDraft>(EMPTY)
  const unsaved = useUnsaved(draft !== EMPTY)
  const adding = useMutation({
    mutationFn: () => api.post<Provider>('/oidc-providers', { body: toCreate(draft) }),
    onSuccess: async ({ id }) => {
      unsaved.saved()
      await client.invalidateQueries({ queryKey: oidcKeys.all })
      await navigate({ to: '/admin/sign-in/$id', params: { id } })
    },
  })
  const change = (edit: Partial<ProviderDraft>) =>
    setDraft((before) => {
      const follows = edit.name !== undefined && before.slug === slugOf(before.name)
      return { ...before, ...edit, ...(follows ? { slug: slugOf(edit.name ?? '') } : {}) }
    })
  const form = useInvalidField(adding.error)
  return (
    <AdminPage title="Add sign-in provider" width="text">
      {unsaved.dialog}
      <form
        ref={form}
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          adding.mutate()
        }}
      >
        <FormFailure error={beside(adding.error)} />
        <ProviderFields
          draft={draft}
          onChange={change}
          redirectUrl={window.location.origin + address(`/auth/oidc/${draft.slug || '…'}/callback`)}
          isNew
          hasSecret={false}
          error={adding.error}
        />
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
