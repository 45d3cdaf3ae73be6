import { Button, Group, Modal, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '@/api/client'
import { oidcKeys, type Provider } from '@/api/oidc'
import { Failure } from '@/parts/Notice'
import { count } from '@/words/format'

/** Says who loses what before a provider goes. */
export function ProviderDelete({ provider }: { provider: Provider }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const deletion = useMutation({
    mutationFn: () => api.delete(`/oidc-providers/${provider.id}`, { query: { confirm: true } }),
    onSuccess: async () => {
      notifications.show({ message: `${provider.name} was deleted.` })
      await navigate({ to: '/admin/sign-in' })
      await client.invalidateQueries({ queryKey: oidcKeys.all })
    },
  })
  return (
    <>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        Delete
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={`Delete ${provider.name}?`}>
        <Stack>
          <p>
            {provider.people > 0
              ? `${count(provider.people, 'account')} linked with it: these people are signed out and lose what its mappings gave them. Who has no password can’t sign in any more.`
              : 'Nobody is linked with it.'}
          </p>
          {deletion.error && <Failure error={deletion.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
              Cancel
            </Button>
            <Button color="red" loading={deletion.isPending} onClick={() => deletion.mutate()}>
              Delete provider
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
