import { Button, Group } from '@mantine/core'
import { Notice } from '@/parts/Notice'
import { Unsaved } from '@/parts/unsaved'
import { permissionWords } from '@/words/permissions'
import type { SetChange } from './changes'
import classes from './Roles.module.css'
import type { RoleDrafts } from './useRoleDrafts'

/** What was ticked and not saved yet. */
export function SaveBar({ drafts }: { drafts: RoleDrafts }) {
  if (drafts.pending.length === 0) return null
  const open = drafts.pending.filter(({ theirs }) => theirs === null)
  return (
    <section className={classes.bar} aria-label="Changes that are not saved yet">
      <Unsaved when />
      {drafts.pending.map(({ role, change, theirs, error }) => (
        <div key={role.id}>
          <div className={classes.line}>
            <span>
              <strong>{role.name}</strong>: {told(change)}
              {role.grants > 0 && <span className="meta"> It counts at once for everybody who has it.</span>}
            </span>
            <Button
              variant="subtle"
              size="compact-sm"
              disabled={drafts.saving}
              onClick={() => drafts.discard(role)}
              aria-label={`Discard the changes of ${role.name}`}
            >
              Discard
            </Button>
          </div>
          {error && <Notice tone="danger">{error.message}</Notice>}
          {theirs && (
            <Notice tone="degraded" title={`Somebody else changed ${role.name} meanwhile: ${told(theirs)}`}>
              <Group gap="sm" mt={8}>
                <Button onClick={() => drafts.resolve(role, true)}>Keep both changes</Button>
                <Button variant="default" onClick={() => drafts.resolve(role, false)}>
                  Take theirs
                </Button>
              </Group>
            </Notice>
          )}
        </div>
      ))}
      {open.length > 0 && (
        <Group gap="sm">
          <Button loading={drafts.saving} onClick={() => void drafts.saveAll()}>
            Save
          </Button>
        </Group>
      )}
    </section>
  )
}

function told({ added, removed }: SetChange): string {
  const names = (list: readonly string[], sign: string) =>
    list.map((one) => `${sign} ${permissionWords(one).label}`)
  return `${[...names(added, '+'), ...names(removed, '−')].join(', ')}.`
}
