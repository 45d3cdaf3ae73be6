import { Checkbox, SegmentedControl, Select, Skeleton, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useAccess } from '@/access/useAccess'
import { permissionsQuery, type KnownPermission, type Permission } from '@/api/people'
import { camerasQuery } from '@/api/queries'
import type { ApiToken } from '@/api/tokens'
import { CheckList } from '@/parts/CheckList'
import { Failure, Notice } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { fieldOf } from '@/words/local-time'
import { impliedBy, permissionGroups, permissionWords } from '@/words/permissions'
import { offered, TERMS, type TokenDraft, type TokenErrors } from './draft'
import classes from './Tokens.module.css'
import { useZonesOfMine } from './useZonesOfMine'

interface Props {
  draft: TokenDraft
  errors: TokenErrors
  /** The token that is changed. */
  token?: ApiToken
  /** Its end in words, where it has one. */
  end?: string | undefined
  onChange: (change: Partial<TokenDraft>) => void
}

/** What a token is for, what it may do, on which cameras, from where and until when. */
export function TokenFields({ draft, errors, token, end, onChange }: Props) {
  return (
    <>
      <Section title="For what">
        <TextInput
          label="Name"
          placeholder="door panel"
          description="It stands in the audit log beside your name."
          required
          maxLength={100}
          maw={420}
          value={draft.name}
          error={errors.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
      </Section>
      <Permissions draft={draft} error={errors.permissions} token={token} onChange={onChange} />
      <Places draft={draft} error={errors.places} onChange={onChange} />
      <Section title="From where and until when">
        <Textarea
          label="Addresses and networks"
          placeholder="192.168.1.20, 192.168.1.0/24, 2001:db8::/32"
          description="Empty: from anywhere. Behind a proxy it is the address that the proxy tells of."
          autosize
          maw={620}
          value={draft.networks}
          error={errors.networks}
          onChange={(event) => onChange({ networks: event.currentTarget.value })}
        />
        <Select
          label="Good for"
          maw={320}
          data={
            token ? [{ value: 'keep', label: end ? `as it is, until ${end}` : 'as it is' }, ...TERMS] : TERMS
          }
          allowDeselect={false}
          value={draft.term}
          onChange={(term) => term && onChange({ term })}
        />
        {draft.term === 'day' && (
          <TextInput
            type="datetime-local"
            label="Until"
            maw={320}
            value={fieldOf(draft.day)}
            error={errors.day}
            onChange={(event) => onChange({ day: event.currentTarget.value })}
          />
        )}
        {(draft.term === 'never' || (draft.term === 'keep' && token?.expires_at === null)) && (
          <Notice tone="degraded">
            A token without an end is good until somebody remembers it, wherever it got to.
          </Notice>
        )}
      </Section>
    </>
  )
}

interface PermissionsProps {
  draft: TokenDraft
  error: string | undefined
  token: ApiToken | undefined
  onChange: Props['onChange']
}

function Permissions({ draft, error, token, onChange }: PermissionsProps) {
  const { me, may } = useAccess()
  const known = useQuery(permissionsQuery)
  const implied = impliedBy(known.data ?? [], draft.permissions)
  const held = draft.permissions
  const tick = (name: Permission, on: boolean) =>
    onChange({ permissions: on ? [...held, name] : held.filter((each) => each !== name) })
  const hint = (one: KnownPermission): string => {
    if (draft.limited && !one.of_a_camera) return 'Not with some cameras only.'
    if (implied.has(one.name)) return 'Comes with what else is ticked.'
    return one.for_tokens ? permissionWords(one.name).hint : 'Only a person can do this: it gives nothing.'
  }
  return (
    <Section
      title="What it may do"
      note={`At most what ${me.name} may do; what you lose later it loses, too. Sharing and managing people take a person.`}
    >
      {known.error && !known.data && <Failure error={known.error} onRetry={() => void known.refetch()} />}
      {!known.data && !known.error && <Skeleton height={200} />}
      <div className={classes.perms}>
        {permissionGroups(offered(known.data ?? [], may, token)).map((group) => (
          <fieldset key={group.title}>
            <legend>{group.title}</legend>
            {group.permissions.map((one) => {
              const ticked = held.includes(one.name)
              return (
                <Checkbox
                  key={one.name}
                  label={permissionWords(one.name).label}
                  description={hint(one)}
                  disabled={implied.has(one.name) || (draft.limited && !one.of_a_camera && !ticked)}
                  checked={ticked || implied.has(one.name)}
                  onChange={(event) => tick(one.name, event.currentTarget.checked)}
                />
              )
            })}
          </fieldset>
        ))}
      </div>
      {error && <Notice tone="danger">{error}</Notice>}
    </Section>
  )
}

function Places({ draft, error, onChange }: Omit<PermissionsProps, 'token'>) {
  const known = useQuery(permissionsQuery).data
  const cameras = useQuery(camerasQuery).data ?? []
  const zones = useZonesOfMine()
  const limit = (limited: boolean) =>
    onChange({
      limited,
      ...(limited
        ? {
            permissions: draft.permissions.filter(
              (each) => known?.find(({ name }) => name === each)?.of_a_camera,
            ),
          }
        : {}),
    })
  return (
    <Section title="On which cameras">
      <SegmentedControl
        aria-label="On which cameras"
        size="sm"
        w="fit-content"
        value={draft.limited ? 'some' : 'all'}
        onChange={(value) => limit(value === 'some')}
        data={[
          { value: 'all', label: 'All that you may see' },
          { value: 'some', label: 'Some' },
        ]}
      />
      {draft.limited && zones.length > 0 && (
        <CheckList
          label="Zones"
          items={zones.map(({ id, name }) => ({ id, label: name, note: 'whatever cameras are in it' }))}
          chosen={draft.zones.filter((id) => zones.some((one) => one.id === id))}
          none=""
          onChange={(chosen) => onChange({ zones: withRest(draft.zones, zones, chosen) })}
        />
      )}
      {draft.limited && (
        <CheckList
          label="Cameras"
          items={cameras.map(({ id, name }) => ({ id, label: name }))}
          chosen={draft.cameras.filter((id) => cameras.some((one) => one.id === id))}
          none="There is no camera yet."
          onChange={(chosen) => onChange({ cameras: withRest(draft.cameras, cameras, chosen) })}
        />
      )}
      {error && <Notice tone="danger">{error}</Notice>}
    </Section>
  )
}

/** What is not in the list (any more) stays as it is. */
function withRest(before: string[], shown: readonly { id: string }[], chosen: string[]): string[] {
  return [...before.filter((id) => !shown.some((one) => one.id === id)), ...chosen]
}
