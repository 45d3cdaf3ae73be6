import { CloseButton, Select, Skeleton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api } from '@/api/client'
import { groupsQuery, peopleChanged, type Group, type User } from '@/api/people'
import { Chip } from '@/parts/Chip'
import table from '@/parts/DataTable.module.css'
import { Failure } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import classes from './Users.module.css'

/** The groups of a person: each gives its roles to its members. */
export function Groups({ user }: { user: User }) {
  const client = useQueryClient()
  const groups = useQuery(groupsQuery)
  const changing = useMutation({
    mutationFn: async ({ group, member }: { group: Group; member: boolean }) => {
      // Of the present members: somebody else may be adding people, too.
      const { data, version } = await api.getVersioned<Group>(`/groups/${group.id}`)
      const others = data.members.map(({ user_id }) => user_id).filter((id) => id !== user.id)
      await api.patch<Group>(`/groups/${group.id}`, {
        body: { members: member ? [...others, user.id] : others },
        ifMatch: version,
      })
    },
    onSuccess: async (_, { group, member }) => {
      const what = member ? 'is now in' : 'is no longer in'
      notifications.show({ message: `${user.username} ${what} ${group.name}.` })
      await peopleChanged(client)
    },
  })
  const mine = groups.data?.filter(({ members }) => members.some(({ user_id }) => user_id === user.id))
  const others = groups.data?.filter((group) => !mine?.includes(group))
  return (
    <Section title="Groups" note="Members have the roles of their groups.">
      {groups.error && !groups.data && <Failure error={groups.error} onRetry={() => void groups.refetch()} />}
      {!groups.data && !groups.error && <Skeleton height={32} />}
      {mine && mine.length === 0 && <p className={classes.none}>In no group.</p>}
      {mine && mine.length > 0 && (
        <div className={table.chips}>
          {mine.map((group) => {
            const source = group.members.find(({ user_id }) => user_id === user.id)?.source ?? 'manual'
            return (
              <Chip key={group.id}>
                <Link to="/admin/groups/$id" params={{ id: group.id }}>
                  {group.name}
                </Link>
                {source === 'manual' ? (
                  <CloseButton
                    size="xs"
                    aria-label={`Take out of ${group.name}`}
                    disabled={changing.isPending}
                    onClick={() => changing.mutate({ group, member: false })}
                  />
                ) : (
                  ` by ${source}`
                )}
              </Chip>
            )
          })}
        </div>
      )}
      {others && others.length > 0 && (
        <Select
          aria-label="Add to a group"
          placeholder="Add to a group"
          searchable
          maw={320}
          value={null}
          disabled={changing.isPending}
          data={others.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => {
            const group = others.find((one) => one.id === id)
            if (group) changing.mutate({ group, member: true })
          }}
        />
      )}
      {changing.error && <Failure error={changing.error} />}
    </Section>
  )
}
