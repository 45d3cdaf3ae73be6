import { Button, Group, Modal, SegmentedControl, Select, Stack, Switch } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '@/api/client'
import { errorAt, errorBeside } from '@/api/field-errors'
import { everyUserQuery, groupsQuery, peopleChanged, rolesQuery, zonesQuery, type Grant } from '@/api/people'
import { camerasQuery } from '@/api/queries'
import { FormFailure } from '@/parts/FormFailure'
import { SpanFields } from '@/parts/SpanFields'
import { WeekEditor } from '@/parts/WeekEditor'
import { useZone } from '@/state/hooks'
import { emptyGrant, grantBody, grantDraft, grantErrors, type GrantDraft, type Subject } from './draft'
import classes from './Grants.module.css'

interface Props {
  /** What is decided already, and is not asked for. */
  given: { subject?: Subject; role?: string; zone?: string }
  /** Whom or what it is for, for the title: `bert`. */
  name: string
  /** The grant that this one takes the place of. */
  replaces?: Grant | undefined
  onClose: () => void
}

/** Gives a role: to whom, which, where and when. A changed grant is given anew and the former one withdrawn. */
export function GrantDialog({ given, name, replaces, onClose }: Props) {
  const client = useQueryClient()
  const zone = useZone()
  const [draft, setDraft] = useState<GrantDraft>(() =>
    replaces
      ? grantDraft(replaces, zone)
      : {
          ...emptyGrant(zone),
          subject: given.subject ?? null,
          role: given.role ?? null,
          ...(given.zone ? { where: 'zone' as const, zone: given.zone } : {}),
        },
  )
  const [shown, setShown] = useState(false)
  const errors = grantErrors(draft, zone)
  const said = shown ? errors : {}
  const set = (change: Partial<GrantDraft>) => setDraft({ ...draft, ...change })
  const giving = useMutation({
    mutationFn: async () => {
      const made = await api.post<Grant>('/grants', { body: grantBody(draft, zone) })
      if (replaces) {
        try {
          await api.delete(`/grants/${replaces.id}`)
        } catch (error) {
          // Both at once would be more than was meant.
          await api.delete(`/grants/${made.id}`)
          throw error
        }
      }
      return made
    },
    onSuccess: async (made) => {
      notifications.show({
        message: replaces ? 'The grant was changed.' : `${made.subject} was given the role ${made.role}.`,
      })
      onClose()
      await peopleChanged(client)
    },
  })
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={replaces ? `Change what ${replaces.subject} was given` : `Give a role: ${name}`}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setShown(true)
          if (Object.keys(errors).length === 0) giving.mutate()
        }}
      >
        <Stack>
          <FormFailure error={errorBeside(giving.error, 'valid_until')} />
          {!given.subject && !replaces && (
            <SubjectSelect draft={draft} error={said.subject} onChange={(subject) => set({ subject })} />
          )}
          {!given.role && <RoleSelect draft={draft} error={said.role} onChange={(role) => set({ role })} />}
          {!given.zone && <WhereFields draft={draft} errors={said} onChange={set} />}
          <SpanFields
            zone={zone}
            from={{ label: 'From', description: 'Empty: at once.', value: draft.from }}
            to={{
              label: 'Until',
              description: 'Empty: without an end.',
              value: draft.until,
              error: said.until ?? errorAt(giving.error, 'valid_until'),
            }}
            onFrom={(from) => set({ from })}
            onTo={(until) => set({ until })}
          />
          <Switch
            label="Only at certain hours of the week"
            checked={draft.hours}
            onChange={(event) => set({ hours: event.currentTarget.checked })}
          />
          {draft.hours && (
            <WeekEditor
              week={draft.week}
              timezone={draft.timezone}
              error={said.week}
              empty="not allowed"
              sum="Allowed for"
              zoneLabel="Time zone of these hours"
              onWeek={(week) => set({ week })}
              onTimezone={(timezone) => set({ timezone })}
            />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={giving.isPending}>
              {replaces ? 'Save' : 'Give role'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

interface FieldProps<V> {
  draft: GrantDraft
  error: string | undefined
  onChange: (value: V) => void
}

function SubjectSelect({ draft, error, onChange }: FieldProps<Subject | null>) {
  const users = useQuery(everyUserQuery)
  const groups = useQuery(groupsQuery)
  const value = !draft.subject
    ? null
    : 'user' in draft.subject
      ? `user ${draft.subject.user}`
      : `group ${draft.subject.group}`
  return (
    <Select
      label="Who"
      placeholder="A user or a group"
      searchable
      data-autofocus
      required
      limit={200}
      nothingFoundMessage="Nobody of that name"
      data={[
        {
          group: 'Groups',
          items: (groups.data ?? []).map(({ id, name }) => ({ value: `group ${id}`, label: name })),
        },
        {
          group: 'Users',
          items: (users.data ?? []).map((user) => ({
            value: `user ${user.id}`,
            label: user.display_name ? `${user.display_name} (${user.username})` : user.username,
          })),
        },
      ]}
      value={value}
      error={error ?? loadError(users.error ?? groups.error)}
      onChange={(chosen) => {
        const [kind, id] = chosen?.split(' ') ?? []
        onChange(!id ? null : kind === 'user' ? { user: id } : { group: id })
      }}
    />
  )
}

function RoleSelect({ draft, error, onChange }: FieldProps<string | null>) {
  const roles = useQuery(rolesQuery)
  const chosen = roles.data?.find(({ id }) => id === draft.role)
  return (
    <Select
      label="Role"
      placeholder="Choose"
      searchable
      required
      data={(roles.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={draft.role}
      error={error ?? loadError(roles.error)}
      description={chosen?.description || 'What each permits is on the page Roles.'}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={onChange}
    />
  )
}

interface WhereProps {
  draft: GrantDraft
  errors: { zone?: string; camera?: string }
  onChange: (change: Partial<GrantDraft>) => void
}

export function WhereFields({ draft, errors, onChange }: WhereProps) {
  const zones = useQuery(zonesQuery)
  const cameras = useQuery(camerasQuery)
  return (
    <div>
      <div id="grant-where" className={classes.label}>
        Where
      </div>
      <SegmentedControl
        aria-labelledby="grant-where"
        size="sm"
        fullWidth
        value={draft.where}
        onChange={(where) => onChange({ where })}
        data={[
          { value: 'everywhere', label: 'Everywhere' },
          { value: 'zone', label: 'In a zone' },
          { value: 'camera', label: 'On one camera' },
        ]}
      />
      {draft.where === 'everywhere' && (
        <p className={`${classes.hint ?? ''} meta`}>
          On every camera, also those added later, and for the whole installation.
        </p>
      )}
      {draft.where === 'zone' && (
        <Select
          mt={8}
          aria-label="Zone"
          placeholder="Choose a zone"
          searchable
          data={(zones.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          nothingFoundMessage={zones.data?.length === 0 ? 'There is no zone yet' : 'No zone of that name'}
          value={draft.zone}
          error={errors.zone ?? loadError(zones.error)}
          onChange={(value) => onChange({ zone: value })}
        />
      )}
      {draft.where === 'camera' && (
        <Select
          mt={8}
          aria-label="Camera"
          placeholder="Choose a camera"
          searchable
          data={(cameras.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.camera}
          error={errors.camera ?? loadError(cameras.error)}
          onChange={(value) => onChange({ camera: value })}
        />
      )}
      {draft.where !== 'everywhere' && (
        <p className={`${classes.hint ?? ''} meta`}>
          What a role permits beside cameras (people, storage, system) needs a grant for everywhere.
        </p>
      )}
    </div>
  )
}

function loadError(error: Error | null): string | undefined {
  return error ? `The list could not be had: ${error.message}` : undefined
}
