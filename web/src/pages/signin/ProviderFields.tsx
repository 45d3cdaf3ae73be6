import { NumberInput, PasswordInput, Select, Switch, TextInput } from '@mantine/core'
import type { NewUsers } from '@/api/oidc'
import { errorAt } from '@/api/field-errors'
import type { ProviderDraft } from './draft'
import type { TEXT_FIELDS } from './fields'
import { MappingEditor } from './MappingEditor'
import { RedirectUrl } from './RedirectUrl'
import classes from './SignIn.module.css'

const NEW_USERS: { value: NewUsers; label: string }[] = [
  { value: 'mapped', label: 'Get one when a mapping below gives them something' },
  { value: 'all', label: 'Get one, whoever they are' },
  { value: 'refuse', label: 'Are kept out' },
]

interface Props {
  draft: ProviderDraft
  onChange: (change: Partial<ProviderDraft>) => void
  /** Where the provider sends people back to. */
  redirectUrl: string
  /** The address is chosen once. */
  isNew: boolean
  hasSecret: boolean
  error: Error | null
}

/** Everything of a provider that can be set. */
export function ProviderFields({ draft, onChange, redirectUrl, isNew, hasSecret, error }: Props) {
  const text = (name: (typeof TEXT_FIELDS)[number]) => ({
    value: draft[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => onChange({ [name]: event.currentTarget.value }),
    error: errorAt(error, name),
    spellCheck: false,
  })
  return (
    <>
      <div className={classes.pair}>
        <TextInput label="Name" description="On the button of the sign-in page" required {...text('name')} />
        <TextInput
          label="Short name"
          description="In the redirect URL; it can't be changed later"
          required
          disabled={!isNew}
          {...text('slug')}
        />
      </div>
      <RedirectUrl url={redirectUrl} />
      <TextInput
        label="Issuer"
        description="As the provider writes it, without /.well-known"
        placeholder="https://id.example.org/realms/main"
        required
        {...text('issuer')}
      />
      <div className={classes.pair}>
        <TextInput label="Client id" required {...text('client_id')} autoComplete="off" />
        <PasswordInput
          label="Client secret"
          description={hasSecret ? 'Stored. Type a new one to replace it.' : undefined}
          value={draft.client_secret}
          onChange={(event) => onChange({ client_secret: event.currentTarget.value })}
          autoComplete="new-password"
          visibilityToggleButtonProps={{ 'aria-label': 'Show the client secret' }}
        />
      </div>
      <Select
        label="People without an account here"
        data={NEW_USERS}
        value={draft.new_users}
        onChange={(value) => value && onChange({ new_users: value })}
        allowDeselect={false}
      />
      <MappingEditor rows={draft.mappings} onChange={(mappings) => onChange({ mappings })} />
      <div className={classes.pair}>
        <TextInput
          label="Claim with the groups"
          description="A name, or a path as realm_access.roles"
          required
          {...text('groups_claim')}
        />
        <TextInput label="Claim for user names" required {...text('username_claim')} />
        <TextInput label="Scopes" required {...text('scopes')} />
        <TextInput
          label="Demanded acr"
          description="One of these words; empty: any"
          {...text('required_acr')}
        />
        <TextInput
          label="Demanded amr"
          description="One of these words, as mfa otp; empty: any"
          {...text('required_amr')}
        />
      </div>
      <NumberInput
        label="A sign-in is good for"
        description="Then people sign in again. Who was removed at the provider is out by then."
        suffix=" h"
        min={1}
        max={2160}
        allowDecimal={false}
        required
        value={draft.session_hours}
        onChange={(value) => onChange({ session_hours: Number(value) })}
        error={errorAt(error, 'session_hours')}
      />
      <Switch
        label="Offered on the sign-in page"
        checked={draft.enabled}
        onChange={(event) => onChange({ enabled: event.currentTarget.checked })}
      />
    </>
  )
}
