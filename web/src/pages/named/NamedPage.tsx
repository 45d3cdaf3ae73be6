import { Skeleton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api, ApiError, type Versioned } from '@/api/client'
import { errorAt } from '@/api/field-errors'
import { peopleChanged } from '@/api/people'
import { NotFound } from '@/frame/Failures'
import { Failure } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { AdminPage } from '../admin/AdminPage'
import { DeleteButton } from '../admin/DeleteButton'
import { EditFoot, quoted } from '../admin/EditFoot'
import form from '../admin/Form.module.css'
import { useEdit } from '../admin/useEdit'
import { GrantSection } from '../grants/GrantTable'
import { bodyOf, LABELS, type Kind, type Named, type NamedDraft } from './kind'
import { NamedFields } from './NamedFields'

/** One of them: what is in it, and what was given to it or in it. */
export function NamedPage<T extends Named>({ kind, id }: { kind: Kind<T>; id: string }) {
  const found = useQuery(kind.query(id))
  if (found.error instanceof ApiError && found.error.status === 404) return <NotFound />
  const thing = found.data?.data
  return (
    <AdminPage
      title={thing?.name ?? capital(kind.word)}
      note={thing && kind.size(thing)}
      actions={
        thing && (
          <DeleteButton
            what={`the ${kind.word} ${thing.name}`}
            action={`Delete ${kind.word}`}
            act={() =>
              api.delete(`${kind.path}/${id}`, {
                query: { confirm: true },
                ifMatch: found.data?.version ?? null,
              })
            }
            back={`/admin${kind.path}`}
            renew={peopleChanged}
          >
            <kind.Loss thing={thing} />
          </DeleteButton>
        )
      }
    >
      {found.error && !found.data && <Failure error={found.error} onRetry={() => void found.refetch()} />}
      {!found.data && !found.error && <Skeleton height={360} />}
      {found.data && (
        <div className={form.columns}>
          <Editor key={id} kind={kind} read={found.data} />
          <GrantSection
            of={kind.grants.of(id)}
            name={found.data.data.name}
            title={kind.grants.title}
            note={kind.grants.note}
            none={kind.grants.none}
          />
        </div>
      )}
    </AdminPage>
  )
}

function Editor<T extends Named>({ kind, read }: { kind: Kind<T>; read: Versioned<T> }) {
  const client = useQueryClient()
  const names = kind.useNames()
  const path = `${kind.path}/${read.data.id}`
  const edit = useEdit<T, NamedDraft>({
    read,
    draftOf: (thing) => ({
      name: thing.name,
      description: thing.description,
      inside: kind.inside(thing).sort(),
    }),
    save: (changes, version) => api.patch<T>(path, { body: bodyOf(kind, changes), ifMatch: version }),
    load: () => api.getVersioned<T>(path),
    onSaved: async () => {
      notifications.show({ message: `${read.data.name} was saved.` })
      await peopleChanged(client)
    },
  })
  return (
    <Section title={capital(kind.word)}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault()
          edit.save()
        }}
      >
        <NamedFields
          kind={kind}
          draft={edit.draft}
          thing={read.data}
          nameError={errorAt(edit.error, 'name')}
          onChange={edit.set}
        />
        <EditFoot
          edit={edit}
          labels={LABELS(kind.label)}
          what={`this ${kind.word}`}
          atFields={['name']}
          show={(_, value) => (typeof value === 'string' ? quoted(value) : names(value))}
        />
      </form>
    </Section>
  )
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
