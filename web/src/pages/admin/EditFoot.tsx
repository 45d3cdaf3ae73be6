import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { errorBeside } from '@/api/field-errors'
import { Failure, Notice } from '@/parts/Notice'
import { Unsaved } from '@/parts/unsaved'
import form from './Form.module.css'
import type { Edit } from './useEdit'

/** The end of a form: what stands against saving, and the buttons. It does not let unsaved changes get lost. */
export function EditFoot<D extends object>({
  edit,
  labels,
  show,
  what,
  atFields = [],
  children,
}: {
  edit: Edit<D>
  /** Names of the fields as they stand in the form. */
  labels: Record<keyof D, string>
  /** A field's value in words. */
  show: (name: keyof D, value: D[keyof D]) => string
  /** `this zone` */
  what: string
  /** Fields of the form that say themselves what is wrong with them. */
  atFields?: string[]
  children?: ReactNode
}) {
  const { conflict } = edit
  const error = errorBeside(edit.error, ...atFields)
  return (
    <>
      <Unsaved when={edit.dirty} />
      {error !== null && <Failure error={error} />}
      {conflict && (
        <Notice
          tone="degraded"
          title={`Somebody else changed ${what} meanwhile. Nothing of yours was saved yet.`}
        >
          <ul style={{ margin: '4px 0 8px', paddingLeft: 18 }}>
            {(Object.keys(conflict.theirs) as (keyof D)[]).map((name) => (
              <li key={String(name)}>
                {labels[name]} is now {show(name, conflict.theirs[name] as D[keyof D])}
                {conflict.both.includes(name) && `; yours is ${show(name, edit.draft[name])}`}
              </li>
            ))}
          </ul>
          <Group gap="sm">
            <Button onClick={conflict.keepMine}>
              {conflict.both.length > 0 ? 'Save mine over it' : 'Save mine as well'}
            </Button>
            <Button variant="default" onClick={conflict.takeTheirs}>
              Take theirs
            </Button>
          </Group>
        </Notice>
      )}
      <Group gap="sm" className={form.foot ?? ''}>
        <Button type="submit" disabled={!edit.dirty || conflict !== null} loading={edit.saving}>
          Save
        </Button>
        <Button variant="default" onClick={edit.reset} disabled={!edit.dirty || edit.saving}>
          Discard changes
        </Button>
        {children}
      </Group>
    </>
  )
}

/** A text as it stands in a sentence. */
export function quoted(text: string): string {
  return text ? `“${text}”` : 'empty'
}
