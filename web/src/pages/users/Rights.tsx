import { Button, Skeleton, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { permissionsQuery, userPermissionsQuery, type Permission, type User } from '@/api/people'
import { camerasQuery } from '@/api/queries'
import { Chip } from '@/parts/Chip'
import table from '@/parts/DataTable.module.css'
import { Failure, Notice } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { useNow, useZone } from '@/state/hooks'
import { count } from '@/words/format'
import { TurnChoice } from '@/parts/TurnChoice'
import { fieldOf, fromLocal } from '@/words/local-time'
import { zoneName } from '@/words/zone'
import { permissionWords, rightsOf } from '@/words/permissions'
import classes from './Users.module.css'

// More names than this are folded.
const SHOWN = 8

/** What all grants come to: on which cameras what, and what beside cameras; now or at another time. */
export function Rights({ user }: { user: User }) {
  const zone = useZone()
  const now = useNow(60_000)
  const [at, setAt] = useState('')
  const instant = fromLocal(at, zone)
  const permitted = useQuery({
    ...userPermissionsQuery(user.id, instant),
    placeholderData: keepPreviousData,
    refetchInterval: instant === null ? 60_000 : false,
  })
  const known = useQuery(permissionsQuery)
  const cameras = useQuery(camerasQuery)
  const error = permitted.error ?? known.error ?? cameras.error
  const ready = permitted.data && known.data && cameras.data
  return (
    <Section title="What this person may do" note={instant === null ? 'At this moment.' : 'At that time.'}>
      {user.disabled && (
        <Notice>Nothing, while the account is disabled. This is what enabling it gives back.</Notice>
      )}
      <div className={classes.at}>
        <TextInput
          type="datetime-local"
          label="At"
          description={`By the clock of ${zoneName(instant ?? now, zone)}.`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={fieldOf(at)}
          onChange={(event) => setAt(event.currentTarget.value)}
        />
        <TurnChoice label="At" value={at} zone={zone} onChange={setAt} />
        <Button variant="default" disabled={!at} onClick={() => setAt('')}>
          Now
        </Button>
      </div>
      {error && !ready && (
        <Failure
          error={error}
          onRetry={() => {
            for (const query of [permitted, known, cameras]) void query.refetch()
          }}
        />
      )}
      {!ready && !error && <Skeleton height={160} />}
      {ready && (
        <Found
          rights={rightsOf(
            permitted.data.items,
            known.data,
            cameras.data.map(({ id }) => id),
          )}
          names={new Map(cameras.data.map(({ id, name }) => [id, name]))}
        />
      )}
    </Section>
  )
}

function Found({ rights, names }: { rights: ReturnType<typeof rightsOf>; names: Map<string, string> }) {
  const [open, setOpen] = useState(false)
  const nothing = rights.installation.length + rights.everyCamera.length === 0
  const cameras = rights.cameras.filter(({ permissions }) => permissions.length > 0)
  if (nothing && cameras.length === 0)
    return <p className={classes.none}>Nothing: no role of theirs counts at this time.</p>
  return (
    <div className={classes.rights}>
      {rights.everyCamera.length > 0 && (
        <Right title="On every camera, also those added later" permissions={rights.everyCamera} />
      )}
      {rights.cameras.map(({ ids, permissions }) => {
        // What holds everywhere was said; only cameras with more or less than that are named.
        const more = permissions.filter((name) => !rights.everyCamera.includes(name))
        if (more.length === 0 && rights.everyCamera.length > 0) return null
        const shown = open ? ids : ids.slice(0, SHOWN)
        return (
          <Right
            key={ids[0]}
            title={`${rights.everyCamera.length > 0 ? 'Also on' : 'On'} ${shown.map((id) => names.get(id) ?? id).join(', ')}`}
            permissions={more}
          >
            {ids.length > SHOWN && (
              <Button variant="subtle" size="compact-sm" onClick={() => setOpen(!open)}>
                {open ? 'Fewer names' : `and ${count(ids.length - SHOWN, 'more camera')}`}
              </Button>
            )}
          </Right>
        )
      })}
      {rights.installation.length > 0 && <Right title="Beside cameras" permissions={rights.installation} />}
    </div>
  )
}

function Right({
  title,
  permissions,
  children,
}: {
  title: string
  permissions: Permission[]
  children?: React.ReactNode
}) {
  return (
    <div className={classes.right}>
      <h3>{title}</h3>
      {permissions.length === 0 ? (
        <span className={classes.none}>Nothing; to this person they do not exist.</span>
      ) : (
        <div className={table.chips}>
          {permissions.map((name) => {
            const words = permissionWords(name)
            return (
              <span key={name} title={words.hint}>
                <Chip>{words.label}</Chip>
              </span>
            )
          })}
        </div>
      )}
      {children}
    </div>
  )
}
