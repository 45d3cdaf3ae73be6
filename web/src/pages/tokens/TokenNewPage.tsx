import {
  Button,
  Checkbox,
  Group,
  Modal,
  SegmentedControl,
  Select,
  Skeleton,
  Stack,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAccess } from '@/access/useAccess'
import { api, ApiError } from '@/api/client'
import { permissionsQuery, type Permission } from '@/api/people'
import { camerasQuery } from '@/api/queries'
import { TOKENS, type ApiTokenCreate, type ApiTokenMade } from '@/api/tokens'
import { CheckList } from '@/parts/CheckList'
import { CopyField } from '@/parts/CopyField'
import { LinkButton } from '@/parts/links'
import { Failure, Notice } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { useZone } from '@/state/hooks'
import { fromLocal } from '@/words/local-time'
import { permissionGroups, permissionWords } from '@/words/permissions'
import { DAY } from '@/words/zone'
import { AdminPage } from '../admin/AdminPage'
import { parseNetworks, wrongNetwork } from './networks'
import classes from './Tokens.module.css'

const TERMS = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'a year' },
  { value: 'day', label: 'a day that you choose' },
  { value: 'never', label: 'without an end' },
]

/** Makes a token for oneself: as little as the program needs. */
export function TokenNewPage() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const zone = useZone()
  const { me, may } = useAccess()
  const known = useQuery(permissionsQuery)
  const cameras = useQuery(camerasQuery)
  const [name, setName] = useState('')
  const [permissions, setPermissions] = useState<Permission[]>([])
  const [limited, setLimited] = useState(false)
  const [chosen, setChosen] = useState<string[]>([])
  const [networks, setNetworks] = useState('')
  const [term, setTerm] = useState('90')
  const [day, setDay] = useState('')
  const [shown, setShown] = useState(false)
  const [made, setMade] = useState<ApiTokenMade | null>(null)

  const listed = parseNetworks(networks)
  const wrong = wrongNetwork(listed)
  const until = fromLocal(day, zone)
  const errors = {
    name: name.trim() ? undefined : 'Give it a name: the program that will use it.',
    permissions: permissions.length > 0 ? undefined : 'Tick at least one permission.',
    cameras: !limited || chosen.length > 0 ? undefined : 'Choose at least one camera.',
    networks: wrong ?? undefined,
    day: term !== 'day' || until !== null ? undefined : 'Choose the day.',
  }
  const good = Object.values(errors).every((error) => error === undefined)
  const said = shown
    ? errors
    : { ...errors, name: undefined, permissions: undefined, cameras: undefined, day: undefined }
  const making = useMutation({
    mutationFn: () => {
      const end = term === 'never' ? null : term === 'day' ? until : Date.now() + Number(term) * DAY
      const body: ApiTokenCreate = {
        name: name.trim(),
        permissions,
        cameras: limited ? chosen : null,
        networks: listed.length > 0 ? listed : null,
        expires_at: end === null ? null : new Date(end).toISOString(),
      }
      return api.post<ApiTokenMade>('/api-tokens', { body })
    },
    onSuccess: async (token) => {
      setMade(token)
      await client.invalidateQueries({ queryKey: TOKENS })
    },
  })
  const failed = making.error instanceof ApiError ? making.error : null
  return (
    <AdminPage title="Make an API token">
      <form
        className={classes.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setShown(true)
          if (good) making.mutate()
        }}
      >
        <Section title="For what">
          <TextInput
            label="Name"
            placeholder="door panel"
            description="It stands in the audit log beside your name."
            required
            maxLength={100}
            maw={420}
            value={name}
            error={(failed?.field === 'name' ? failed.message : undefined) ?? said.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </Section>
        <Section
          title="What it may do"
          note={`At most what ${me.name} may do; what you lose later it loses, too.`}
        >
          {known.error && !known.data && <Failure error={known.error} onRetry={() => void known.refetch()} />}
          {!known.data && !known.error && <Skeleton height={200} />}
          <div className={classes.perms}>
            {known.data &&
              permissionGroups(known.data).map((group) => {
                const mine = group.permissions.filter((one) => may(one.name))
                return mine.length === 0 ? null : (
                  <fieldset key={group.title}>
                    <legend>{group.title}</legend>
                    {mine.map((one) => {
                      const words = permissionWords(one.name)
                      const useless = limited && !one.of_a_camera
                      return (
                        <Checkbox
                          key={one.name}
                          label={words.label}
                          description={useless ? 'Not with single cameras.' : words.hint}
                          disabled={useless}
                          checked={permissions.includes(one.name)}
                          onChange={(event) =>
                            setPermissions(
                              event.currentTarget.checked
                                ? [...permissions, one.name]
                                : permissions.filter((each) => each !== one.name),
                            )
                          }
                        />
                      )
                    })}
                  </fieldset>
                )
              })}
          </div>
          {said.permissions && <Notice tone="danger">{said.permissions}</Notice>}
        </Section>
        <Section title="On which cameras">
          <SegmentedControl
            aria-label="On which cameras"
            size="sm"
            w="fit-content"
            value={limited ? 'some' : 'all'}
            onChange={(value) => {
              setLimited(value === 'some')
              if (value === 'some')
                setPermissions(
                  permissions.filter(
                    (each) => known.data?.find(({ name: one }) => one === each)?.of_a_camera,
                  ),
                )
            }}
            data={[
              { value: 'all', label: 'All that you may see' },
              { value: 'some', label: 'Single ones' },
            ]}
          />
          {limited && (
            <CheckList
              label="Cameras"
              items={(cameras.data ?? []).map((camera) => ({ id: camera.id, label: camera.name }))}
              chosen={chosen}
              none="There is no camera yet."
              onChange={setChosen}
            />
          )}
          {said.cameras && <Notice tone="danger">{said.cameras}</Notice>}
        </Section>
        <Section title="From where and until when">
          <Textarea
            label="Addresses and networks"
            placeholder="192.168.1.20, 192.168.1.0/24, 2001:db8::/32"
            description="Empty: from anywhere. Behind a proxy it is the address that the proxy tells of."
            autosize
            maw={620}
            value={networks}
            error={said.networks}
            onChange={(event) => setNetworks(event.currentTarget.value)}
          />
          <Select
            label="Good for"
            maw={320}
            data={TERMS}
            allowDeselect={false}
            value={term}
            onChange={(value) => value && setTerm(value)}
          />
          {term === 'day' && (
            <TextInput
              type="datetime-local"
              label="Until"
              maw={320}
              value={day}
              error={said.day}
              onChange={(event) => setDay(event.currentTarget.value)}
            />
          )}
          {term === 'never' && (
            <Notice tone="degraded">A token without an end is good until somebody remembers it.</Notice>
          )}
        </Section>
        {making.error && failed?.field !== 'name' && <Failure error={making.error} />}
        <Group gap="sm">
          <Button type="submit" loading={making.isPending}>
            Make token
          </Button>
          <LinkButton to="/admin/tokens" variant="default">
            Cancel
          </LinkButton>
        </Group>
      </form>
      <Modal
        opened={made !== null}
        onClose={() => void navigate({ to: '/admin/tokens' })}
        closeOnClickOutside={false}
        title={`${made?.name ?? ''} was made`}
        size="lg"
      >
        <Stack>
          <Notice tone="degraded" title="Take the token now: it is not shown again.">
            Vedette keeps only a hash of it. Whoever has it may do what it may do.
          </Notice>
          <CopyField label="Token" value={made?.token ?? ''} />
          <CopyField label="As a header" value={`Authorization: Bearer ${made?.token ?? ''}`} />
          <Group justify="flex-end">
            <Button onClick={() => void navigate({ to: '/admin/tokens' })}>I have it</Button>
          </Group>
        </Stack>
      </Modal>
    </AdminPage>
  )
}
