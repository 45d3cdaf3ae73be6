import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { targetsQuery } from '@/api/oidc'
import { Failure } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import type { MappingDraft } from './draft'
import classes from './SignIn.module.css'

/** What the provider's groups mean here: a group of Vedette, or a role, everywhere or in a zone. */
export function MappingEditor({
  rows,
  onChange,
}: {
  rows: MappingDraft[]
  onChange: (rows: MappingDraft[]) => void
}) {
  const targets = useQuery(targetsQuery)
  const change = (key: number, edit: Partial<MappingDraft>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...edit } : row)))
  const choices = [
    {
      group: 'Groups',
      items: (targets.data?.groups ?? []).map(({ id, name }) => ({ value: `group:${id}`, label: name })),
    },
    {
      group: 'Roles',
      items: (targets.data?.roles ?? []).map(({ id, name }) => ({ value: `role:${id}`, label: name })),
    },
  ]
  const zones = [
    { value: 'all', label: 'Everywhere' },
    ...(targets.data?.zones ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ]
  const next = 1 + Math.max(-1, ...rows.map(({ key }) => key))
  return (
    <Section
      title="Mappings"
      note="Applied at each sign-in: what a group there gives is taken away when somebody has left it. What was given by hand stays."
      actions={
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => onChange([...rows, { key: next, value: '', target: '', zone: '' }])}
        >
          Add mapping
        </Button>
      }
    >
      {targets.error && <Failure error={targets.error} onRetry={() => void targets.refetch()} />}
      {rows.map((row, index) => (
        <div key={row.key} className={classes.mapping} role="group" aria-label={`Mapping ${index + 1}`}>
          <TextInput
            label="Group at the provider"
            value={row.value}
            onChange={(event) => change(row.key, { value: event.currentTarget.value })}
            spellCheck={false}
          />
          <Select
            label="Gives"
            placeholder="A group or a role"
            data={choices}
            value={row.target || null}
            onChange={(value) => change(row.key, { target: value ?? '' })}
            searchable
          />
          <Select
            label="Where"
            data={zones}
            value={row.target.startsWith('role:') ? row.zone || 'all' : null}
            placeholder={row.target.startsWith('group:') ? 'As the group' : ''}
            disabled={!row.target.startsWith('role:')}
            onChange={(value) => change(row.key, { zone: value === 'all' ? '' : (value ?? '') })}
            allowDeselect={false}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={`Remove mapping ${index + 1}`}
            onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
    </Section>
  )
}
