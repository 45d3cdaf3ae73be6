import { Skeleton, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { everyUserQuery, type Group } from '@/api/people'
import { CheckList } from '@/parts/CheckList'
import { Failure } from '@/parts/Notice'

export interface GroupDraft {
  name: string
  description: string
  /** Ids of those who were put in by hand, in order. */
  members: string[]
}

export const GROUP_LABELS: Record<keyof GroupDraft, string> = {
  name: 'Name',
  description: 'Description',
  members: 'Members',
}

interface Props {
  draft: GroupDraft
  /** The group that is edited. */
  group?: Group
  nameError?: string | undefined
  onChange: (change: Partial<GroupDraft>) => void
}

/** Name, description and people of a group. */
export function GroupFields({ draft, group, nameError, onChange }: Props) {
  const users = useQuery(everyUserQuery)
  const provided = new Map(
    group?.members
      .filter(({ source }) => source !== 'manual')
      .map(({ user_id, source }) => [user_id, source]),
  )
  return (
    <>
      <TextInput
        label="Name"
        required
        maxLength={100}
        value={draft.name}
        error={nameError}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        label="Description"
        maxLength={1000}
        value={draft.description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
      {users.error && !users.data && <Failure error={users.error} onRetry={() => void users.refetch()} />}
      {!users.data && !users.error && <Skeleton height={160} />}
      {users.data && (
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
          chosen={[...draft.members, ...provided.keys()]}
          none="There is no user yet."
          onChange={(chosen) => onChange({ members: chosen.filter((id) => !provided.has(id)).sort() })}
        />
      )}
    </>
  )
}
