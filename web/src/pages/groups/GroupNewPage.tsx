import { Button, Group as Row } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api, ApiError } from '@/api/client'
import { peopleChanged, type Group } from '@/api/people'
import { LinkButton } from '@/parts/links'
import { Failure } from '@/parts/Notice'
import { AdminPage } from '../admin/AdminPage'
import form from '../admin/Form.module.css'
import { GroupFields, type GroupDraft } from './GroupFields'

export function GroupNewPage() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [draft, setDraft] = useState<GroupDraft>({ name: '', description: '', members: [] })
  const adding = useMutation({
    mutationFn: () =>
      api.post<Group>('/groups', {
        body: { ...draft, name: draft.name.trim(), description: draft.description.trim() },
      }),
    onSuccess: async (group) => {
      notifications.show({ message: `${group.name} was added.` })
      await navigate({ to: '/admin/groups/$id', params: { id: group.id } })
      await peopleChanged(client)
    },
  })
  const taken = adding.error instanceof ApiError && adding.error.field === 'name' ? adding.error : null
  return (
    <AdminPage title="Add group">
      <form
        className={`${form.form ?? ''} ${form.narrow ?? ''}`}
        onSubmit={(event) => {
          event.preventDefault()
          adding.mutate()
        }}
      >
        <GroupFields
          draft={draft}
          nameError={taken?.message}
          onChange={(change) => setDraft({ ...draft, ...change })}
        />
        {adding.error && !taken && <Failure error={adding.error} />}
        <Row gap="sm">
          <Button type="submit" loading={adding.isPending} disabled={!draft.name.trim()}>
            Add group
          </Button>
          <LinkButton to="/admin/groups" variant="default">
            Cancel
          </LinkButton>
        </Row>
      </form>
    </AdminPage>
  )
}
