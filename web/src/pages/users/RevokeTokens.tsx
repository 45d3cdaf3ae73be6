import { Checkbox } from '@mantine/core'

interface Props {
  checked: boolean
  onChange: (checked: boolean) => void
}

/** Asked wherever somebody is shut out: a token outlives its owner's password and sessions. */
export function RevokeTokens({ checked, onChange }: Props) {
  return (
    <Checkbox
      label="Revoke their API tokens for good"
      description="Programs that use them stop working. Do it when the old password was known to somebody."
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  )
}
