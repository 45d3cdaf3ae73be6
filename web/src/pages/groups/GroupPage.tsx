import { Button, Skeleton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { api, ApiError, type Versioned } from '@/api/client'
import { everyUserQuery, groupQuery, peopleChanged, type Group } from '@/api/people'
import { NotFound } from '@/frame/Failures'
import { Confirm } from '@/parts/Confirm'
import { Failure } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { count } from '@/words/format'
import { AdminPage } from '../admin/AdminPage'
import { EditFoot, quoted } from '../admin/EditFoot'
import form from '../admin/Form.module.css'
import { useEdit } from '../admin/useEdit'
import { GrantSection } from '../grants/GrantTable'
import { GROUP_LABELS, GroupFields, type GroupDraft } from './GroupFields'

const route = getRouteApi('/frame/admin/groups/$id')

/** One group: its people and what it was given. */
export function GroupPage() {
  const { id } = route.useParams()
  const group = useQuery(groupQuery(id))
  if (group.error instanceof ApiError && group.error.status === 404) return <NotFound />
  return (
    <AdminPage
      title={group.data?.data.name ?? 'Group'}
      note={group.data && count(group.data.data.members.length, 'member')}
      actions={group.data && <Delete read={group.data} />}
    >
      {group.error && !group.data && <Failure error={group.error} onRetry={() => void group.refetch()} />}
      {!group.data && !group.error && <Skeleton height={360} />}
      {group.data && (
        <div className={form.columns}>
          <Editor key={id} read={group.data} />
          <GrantSection
            of={{ group: id }}
            name={group.data.data.name}
            title="Roles"
            note="What every member has by this group."
            none="No role yet: being in this group changes nothing."
          />
        </div>
      )}
    </AdminPage>
  )
}

function draftOf({ name, description, members }: Group): GroupDraft {
  const byHand = members.filter(({ source }) => source === 'manual')
  return { name, description, members: byHand.map(({ user_id }) => user_id).sort() }
}

function Editor({ read }: { read: Versioned<Group> }) {
  const client = useQueryClient()
  const users = useQuery(everyUserQuery).data
  const path = `/groups/${read.data.id}`
  const edit = useEdit<Group, GroupDraft>({
    read,
    draftOf,
    save: (changes, version) => api.patch<Group>(path, { body: changes, ifMatch: version }),
    load: () => api.getVersioned<Group>(path),
    onSaved: async () => {
      notifications.show({ message: `${read.data.name} was saved.` })
      await peopleChanged(client)
    },
  })
  const names = new Map(users?.map(({ id, username }) => [id, username]))
  return (
    <Section title="Group">
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault()
          edit.save()
        }}
      >
        <GroupFields draft={edit.draft} group={read.data} onChange={edit.set} />
        <EditFoot
          edit={edit}
          labels={GROUP_LABELS}
          what="this group"
          show={(_, value) =>
            typeof value === 'string'
              ? quoted(value)
              : value.map((id) => names.get(id) ?? 'somebody').join(', ') || 'nobody'
          }
        />
      </form>
    </Section>
  )
}

function Delete({ read: { data: group, version } }: { read: Versioned<Group> }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        leftSection={<IconTrash size={16} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        Delete…
      </Button>
      <Confirm
        opened={asking}
        title={`Delete the group ${group.name}?`}
        action="Delete group"
        act={() => api.delete(`/groups/${group.id}`, { query: { confirm: true }, ifMatch: version })}
        onDone={() => {
          notifications.show({ message: `The group ${group.name} was deleted.` })
          void navigate({ to: '/admin/groups' }).then(() => peopleChanged(client))
        }}
        onClose={() => setAsking(false)}
      >
        {group.grants === 0
          ? 'It was given no role: nobody loses anything.'
          : `${count(group.members.length, 'member')} ${group.members.length === 1 ? 'loses' : 'lose'} the ${count(group.grants, 'role')} that the group was given, at once.`}{' '}
        The people themselves stay.
      </Confirm>
    </>
  )
}
