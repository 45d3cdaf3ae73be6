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

/** Goes to the first field that an error stands at, for a form that was refused. Returns what its form is to be given. */
export function useInvalidField(error: unknown): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [error])
  return form
}
