import { Button, Collapse, UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { explain } from '@/api/client'
import type { Camera } from '@/api/types'
import { Notice } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { AdvancedFields, ConnectionFields, RecordingFields } from './CameraFields'
import classes from './CameraForm.module.css'
import { refused, validate, type Draft, type DraftErrors } from './draft'
import { ProbePanel } from './ProbePanel'
import { useProbe } from './useProbe'

interface Props {
  initial: Draft
  /** The camera that is edited; none for a new one. */
  camera?: Camera
  submitLabel: string
  /** Everything in sight, or the rare settings folded away. */
  folded: boolean
  onSubmit: (draft: Draft) => Promise<void>
  cancel: ReactNode
}

/** The settings of a camera beside the test of them. */
export function CameraForm({ initial, camera, submitLabel, folded, onSubmit, cancel }: Props) {
  const [draft, setDraft] = useState(initial)
  const [errors, setErrors] = useState<DraftErrors>({})
  const [failure, setFailure] = useState<string | null>(null)
  const [saving, setSaving] = useState(false)
  const [more, setMore] = useState(!folded)
  const probe = useProbe(camera)

  const change = (changed: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...changed }))
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([field]) => !(field in changed))))
  }
  const submit = async () => {
    const wrong = validate(draft)
    setErrors(wrong)
    setFailure(null)
    if (Object.keys(wrong).length > 0) return
    setSaving(true)
    try {
      await onSubmit(draft)
    } catch (error) {
      const wrong = refused(error)
      setErrors(wrong)
      if (Object.keys(wrong).length === 0) setFailure(explain(error))
    } finally {
      setSaving(false)
    }
  }
  const fields = { draft, errors, onChange: change }
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <Section title="Connection">
        <ConnectionFields {...fields} />
      </Section>
      <ProbePanel
        result={probe.data}
        error={probe.error}
        testing={probe.isPending}
        canTest={draft.url.trim() !== ''}
        onTest={() => probe.mutate(draft, { onError: (error) => setErrors(refused(error)) })}
      />
      <div className={classes.rest}>
        <Section title="Recording">
          <RecordingFields {...fields} />
        </Section>
        {folded ? (
          <UnstyledButton className={classes.more} onClick={() => setMore(!more)} aria-expanded={more}>
            <IconChevronRight size={16} aria-hidden data-open={more ? '' : undefined} /> More settings
          </UnstyledButton>
        ) : (
          <h2>More settings</h2>
        )}
        <Collapse expanded={more} transitionDuration={120}>
          <div className={classes.fields}>
            <AdvancedFields {...fields} />
          </div>
        </Collapse>
        {failure && <Notice tone="danger">{failure}</Notice>}
        <div className={classes.actions}>
          <Button type="submit" loading={saving}>
            {submitLabel}
          </Button>
          {cancel}
        </div>
      </div>
    </form>
  )
}
