import { useEffect, useRef, type RefObject } from 'react'
import { Failure } from './Notice'

/** Why a form was refused, at its top. The button is at the foot: where the top is out of sight, it is brought there. */
export function FormFailure({ error }: { error: unknown }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (error) place.current?.scrollIntoView({ block: 'nearest' })
  }, [error])
  return error ? (
    <div ref={place}>
      <Failure error={error} />
    </div>
  ) : null
}

// Mantine marks its fields for passwords by data only.
const INVALID = ':is(input, textarea):is([aria-invalid=true], [data-invalid=true])'

/** Goes to the first field of a form that an error stands at. */
export function goToInvalid(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>(INVALID)?.focus()
}

/** Does so when a form was refused. Returns what its form is to be given. */
export function useInvalidField(error: unknown): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (error) goToInvalid(form.current)
  }, [error])
  return form
}
