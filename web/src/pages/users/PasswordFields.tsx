import { Button, Checkbox, Radio, Stack } from '@mantine/core'
import { NewPassword } from '@/access/NewPassword'
import { CopyField } from '@/parts/CopyField'
import { initialPassword } from '@/words/password'

export interface PasswordChoice {
  kind: 'generated' | 'typed' | 'none'
  generated: string
  typed: string
  mustChange: boolean
}

export const newChoice = (): PasswordChoice => ({
  kind: 'generated',
  generated: initialPassword(),
  typed: '',
  mustChange: true,
})

/** The password that is meant; null for none. */
export function passwordOf(choice: PasswordChoice): string | null {
  return choice.kind === 'none' ? null : choice.kind === 'generated' ? choice.generated : choice.typed
}

interface Props {
  choice: PasswordChoice
  /** Whose it is. */
  username: string
  /** Whether an account without a password makes sense here. */
  withNone: boolean
  error: string | undefined
  onChange: (change: Partial<PasswordChoice>) => void
}

/** The first password of somebody: made here, typed, or none. */
export function PasswordFields({ choice, username, withNone, error, onChange }: Props) {
  return (
    <>
      <Radio.Group label="Password" value={choice.kind} onChange={(kind) => onChange({ kind })}>
        <Stack gap="sm" mt={8}>
          <Radio
            value="generated"
            label="An initial password, made here"
            description="You hand it over, and they choose their own at the first sign-in."
          />
          <Radio value="typed" label="One that you choose" />
          {withNone && (
            <Radio
              value="none"
              label="None"
              description="For people who come by an OpenID provider. A password can be set later."
            />
          )}
        </Stack>
      </Radio.Group>
      {choice.kind === 'generated' && (
        <div>
          <CopyField label="Initial password" value={choice.generated} />
          <Button
            variant="subtle"
            size="compact-sm"
            mt={4}
            onClick={() => onChange({ generated: initialPassword() })}
          >
            Make another one
          </Button>
        </div>
      )}
      {choice.kind === 'typed' && (
        <>
          <NewPassword
            label="New password"
            username={username}
            value={choice.typed}
            error={error}
            onChange={(typed) => onChange({ typed })}
          />
          <Checkbox
            label="They must choose their own at the next sign-in"
            checked={choice.mustChange}
            onChange={(event) => onChange({ mustChange: event.currentTarget.checked })}
          />
        </>
      )}
    </>
  )
}
