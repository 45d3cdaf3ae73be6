import { Button, Group as Row } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, ApiError } from '@/api/client'
import { peopleChanged, type Zone } from '@/api/people'
import { LinkButton } from '@/parts/links'
import { Failure } from '@/parts/Notice'
import { AdminPage } from '../admin/AdminPage'
import form from '../admin/Form.module.css'
import { ZoneFields, type ZoneDraft } from './ZoneFields'

export function ZoneNewPage() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [draft, setDraft] = useState<ZoneDraft>({ name: '', description: '', cameras: [] })
  const adding = useMutation({
    mutationFn: () =>
      api.post<Zone>('/zones', {
        body: { ...draft, name: draft.name.trim(), description: draft.description.trim() },
      }),
    onSuccess: async (zone) => {
      notifications.show({ message: `${zone.name} was added.` })
      await navigate({ to: '/admin/zones/$id', params: { id: zone.id } })
      await peopleChanged(client)
    },
  })
  const taken = adding.error instanceof ApiError && adding.error.field === 'name' ? adding.error : null
  return (
    <AdminPage title="Add zone">
      <form
        className={`${form.form ?? ''} ${form.narrow ?? ''}`}
        onSubmit={(event) => {
          event.preventDefault()
          adding.mutate()
        }}
      >
        <ZoneFields
          draft={draft}
          nameError={taken?.message}
          onChange={(change) => setDraft({ ...draft, ...change })}
        />
        {adding.error && !taken && <Failure error={adding.error} />}
        <Row gap="sm">
          <Button type="submit" loading={adding.isPending} disabled={!draft.name.trim()}>
            Add zone
          </Button>
          <LinkButton to="/admin/zones" variant="default">
            Cancel
          </LinkButton>
        </Row>
      </form>
    </AdminPage>
  )
}
