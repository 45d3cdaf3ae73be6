import { PasswordInput } from '@mantine/core'
import { IconCheck, IconPoint } from '@tabler/icons-react'
import { useId } from 'react'
import classes from './NewPassword.module.css'
import { LONGEST_PASSWORD, passwordRules } from './password'

interface Props {
  label?: string
  value: string
  onChange: (value: string) => void
  /** Whose it is. */
  username: string
  error?: string | undefined
  autoFocus?: boolean
}

/** A field for a password that is chosen, with what it must be. */
export function NewPassword({ label = 'Password', value, onChange, username, error, autoFocus }: Props) {
  const rules = useId()
  return (
    <div>
      <PasswordInput
        label={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error}
        autoComplete="new-password"
        maxLength={LONGEST_PASSWORD}
        aria-describedby={rules}
        visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        data-autofocus={autoFocus ? '' : undefined}
        autoFocus={autoFocus}
        required
        withAsterisk={false}
      />
      <ul id={rules} className={classes.rules}>
        {passwordRules(value, username).map(({ text, kept }) => (
          <li key={text} data-kept={kept ? '' : undefined}>
            {kept ? <IconCheck size={14} aria-hidden /> : <IconPoint size={14} aria-hidden />}
            {text}
            {kept && <span className="visually-hidden">, kept</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}
