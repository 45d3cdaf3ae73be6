import { Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { IconKey, IconKeyOff } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '@/api/client'
import { camerasQuery } from '@/api/queries'
import type { Me, MyAccount } from '@/api/types'
import { ME } from '@/access/me'
import { grantWords, initials } from '@/access/words'
import { Failure } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { useNow, useZone } from '@/state/hooks'
import { moment } from '@/words/format'
import classes from './Profile.module.css'

/** Who one is, and which roles one has. */
export function Person({ me, account }: { me: Me; account: MyAccount }) {
  const [naming, setNaming] = useState(false)
  const name = account.display_name || account.username
  return (
    <>
      <div className={classes.person}>
        <span className={classes.sign} aria-hidden>
          {initials(name)}
        </span>
        <div className={classes.names}>
          <strong>{name}</strong>
          <div className="meta">
            User name {account.username}
            {account.email && `, ${account.email}`}
          </div>
        </div>
        <Button variant="default" onClick={() => setNaming(true)}>
          Change name
        </Button>
      </div>
      <Roles me={me} />
      <Modal opened={naming} onClose={() => setNaming(false)} title="Change name">
        <Naming account={account} onDone={() => setNaming(false)} />
      </Modal>
    </>
  )
}

function Roles({ me }: { me: Me }) {
  const cameras = useQuery(camerasQuery).data
  const zone = useZone()
  const now = useNow(60_000)
  return (
    <Section title="What you may do" note="Given by an administrator.">
      {me.grants.length === 0 ? (
        <p className="meta">You have no role yet. Ask an administrator of this site for one.</p>
      ) : (
        <ul className={classes.list}>
          {me.grants.map((grant, index) => {
            const words = grantWords(grant, (id) => cameras?.find((camera) => camera.id === id)?.name)
            const Icon = grant.in_force ? IconKey : IconKeyOff
            return (
              <li key={index} className={classes.row} data-off={grant.in_force ? undefined : ''}>
                <Icon size={20} stroke={1.5} className={classes.icon} aria-hidden />
                <div className={classes.about}>
                  <strong>{words.charAt(0).toUpperCase() + words.slice(1)}</strong>
                  <div className="meta">
                    {[
                      grant.zone === null && grant.camera_id === null ? 'Everywhere' : '',
                      grant.group === null ? '' : `by the group ${grant.group}`,
                      grant.at_hours ? 'at certain hours of the week' : '',
                      grant.valid_until
                        ? `until ${moment(Date.parse(grant.valid_until), zone, now, 'minute')}`
                        : '',
                      grant.in_force ? '' : 'not in force now',
                    ]
                      .filter(Boolean)
                      .join(', ')}
                  </div>
                </div>
              </li>
            )
          })}
        </ul>
      )}
    </Section>
  )
}

function Naming({ account, onDone }: { account: MyAccount; onDone: () => void }) {
  const client = useQueryClient()
  const [name, setName] = useState(account.display_name)
  const saving = useMutation({
    mutationFn: () => api.patch('/auth/me', { body: { display_name: name.trim() } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ME })
      onDone()
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <Stack>
        <TextInput
          label="Name"
          description={`As others read it, also in the audit log. You go on signing in as ${account.username}.`}
          placeholder={account.username}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={100}
          autoComplete="name"
          data-autofocus
        />
        {saving.error && <Failure error={saving.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          <Button type="submit" loading={saving.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
