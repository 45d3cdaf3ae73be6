import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { everyUserQuery, groupQuery, type Group } from '@/api/people'
import { CheckList } from '@/parts/CheckList'
import { Failure } from '@/parts/Notice'
import { count } from '@/words/format'
import type { Kind, PickerProps } from '../named/kind'

/** A group: people who are given the same. */
export const GROUP: Kind<Group> = {
  word: 'group',
  path: '/groups',
  field: 'members',
  label: 'Members',
  size: ({ members }) => count(members.length, 'member'),
  inside: ({ members }) => members.filter(({ source }) => source === 'manual').map(({ user_id }) => user_id),
  query: groupQuery,
  Picker: Members,
  useNames: useUserNames,
  Loss,
  grants: {
    of: (id) => ({ group: id }),
    title: 'Roles',
    note: 'What every member has by this group.',
    none: 'No role yet: being in this group changes nothing.',
  },
}

function Members({ inside, thing, onChange }: PickerProps<Group>) {
  const users = useQuery(everyUserQuery)
  if (users.error && !users.data) return <Failure error={users.error} onRetry={() => void users.refetch()} />
  if (!users.data) return <Skeleton height={160} />
  const provided = new Map(
    thing?.members.filter(({ source }) => source !== 'manual').map((one) => [one.user_id, one.source]),
  )
  return (
    <CheckList
      label="Members"
      items={users.data.map((user) => {
        const source = provided.get(user.id)
        return {
          id: user.id,
          label: user.username,
          note: [user.display_name, user.disabled ? 'disabled' : ''].filter(Boolean).join(', '),
          fixed: source && `Put here by ${source}`,
        }
      })}
      chosen={[...inside, ...provided.keys()]}
      none="There is no user yet."
      onChange={(chosen) => onChange(chosen.filter((id) => !provided.has(id)).sort())}
    />
  )
}

function useUserNames() {
  const names = new Map(useQuery(everyUserQuery).data?.map(({ id, username }) => [id, username]))
  return (ids: readonly string[]) => ids.map((id) => names.get(id) ?? 'somebody').join(', ') || 'nobody'
}

function Loss({ thing: { grants, members } }: { thing: Group }) {
  return (
    <>
      {grants === 0
        ? 'It was given no role: nobody loses anything.'
        : `${count(members.length, 'member')} ${members.length === 1 ? 'loses' : 'lose'} the ${count(grants, 'role')} that the group was given, at once.`}{' '}
      The people themselves stay.
    </>
  )
}
