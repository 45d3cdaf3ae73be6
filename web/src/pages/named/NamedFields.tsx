import { TextInput } from '@mantine/core'
import type { Kind, Named, NamedDraft } from './kind'

interface Props<T extends Named> {
  kind: Kind<T>
  draft: NamedDraft
  thing?: T
  nameError?: string | undefined
  onChange: (change: Partial<NamedDraft>) => void
}

/** Name, description, and what is in it. */
export function NamedFields<T extends Named>({ kind, draft, thing, nameError, onChange }: Props<T>) {
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
      <kind.Picker inside={draft.inside} thing={thing} onChange={(inside) => onChange({ inside })} />
    </>
  )
}
