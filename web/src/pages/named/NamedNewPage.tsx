import { Button, Group as Row } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '@/api/client'
import { errorAt, errorBeside } from '@/api/field-errors'
import { peopleChanged } from '@/api/people'
import { FormFailure, useInvalidField } from '@/parts/FormFailure'
import { LinkButton } from '@/parts/links'
import { useUnsaved } from '@/parts/unsaved'
import { AdminPage } from '../admin/AdminPage'
import form from '../admin/Form.module.css'
import { bodyOf, type Kind, type Named, type NamedDraft } from './kind'
import { NamedFields } from './NamedFields'

const EMPTY: NamedDraft = { name: '', description: '', inside: [] }

/** Makes one, and goes on to its page. */
export function NamedNewPage<T extends Named>({ kind }: { kind: Kind<T> }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [draft, setDraft] = useState(EMPTY)
  const unsaved = useUnsaved(draft !== EMPTY)
  const adding = useMutation({
    mutationFn: () => api.post<T>(kind.path, { body: bodyOf(kind, draft) }),
    onSuccess: async ({ id, name }) => {
      unsaved.saved()
      notifications.show({ message: `${name} was added.` })
      await navigate({ to: `/admin${kind.path}/$id`, params: { id } })
      await peopleChanged(client)
    },
  })
  const place = useInvalidField(adding.error)
  return (
    <AdminPage title={`Add ${kind.word}`}>
      <form
        ref={place}
        className={`${form.form ?? ''} ${form.narrow ?? ''}`}
        onSubmit={(event) => {
          event.preventDefault()
          adding.mutate()
        }}
      >
        <FormFailure error={errorBeside(adding.error, 'name')} />
        <NamedFields
          kind={kind}
          draft={draft}
          nameError={errorAt(adding.error, 'name')}
          onChange={(change) => setDraft((before) => ({ ...before, ...change }))}
        />
        <Row gap="sm" className={form.foot ?? ''}>
          <Button type="submit" loading={adding.isPending} disabled={!draft.name.trim()}>
            Add {kind.word}
          </Button>
          <LinkButton to={`/admin${kind.path}`} variant="default">
            Cancel
          </LinkButton>
        </Row>
      </form>
      {unsaved.dialog}
    </AdminPage>
  )
}
