import { Button, Skeleton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { api, ApiError, type Versioned } from '@/api/client'
import { grantsQuery, peopleChanged, zoneQuery, type Zone } from '@/api/people'
import { camerasQuery } from '@/api/queries'
import { NotFound } from '@/frame/Failures'
import { Confirm } from '@/parts/Confirm'
import { Failure } from '@/parts/Notice'
import { Section } from '@/parts/Section'
import { count } from '@/words/format'
import { AdminPage } from '../admin/AdminPage'
import { EditFoot, quoted } from '../admin/EditFoot'
import form from '../admin/Form.module.css'
import { useEdit } from '../admin/useEdit'
import { GrantSection } from '../grants/GrantTable'
import { ZONE_LABELS, ZoneFields, type ZoneDraft } from './ZoneFields'

const route = getRouteApi('/frame/admin/zones/$id')

/** One zone: its cameras and who has a role in it. */
export function ZonePage() {
  const { id } = route.useParams()
  const zone = useQuery(zoneQuery(id))
  if (zone.error instanceof ApiError && zone.error.status === 404) return <NotFound />
  return (
    <AdminPage
      title={zone.data?.data.name ?? 'Zone'}
      note={zone.data && count(zone.data.data.cameras.length, 'camera')}
      actions={zone.data && <Delete read={zone.data} />}
    >
      {zone.error && !zone.data && <Failure error={zone.error} onRetry={() => void zone.refetch()} />}
      {!zone.data && !zone.error && <Skeleton height={360} />}
      {zone.data && (
        <div className={form.columns}>
          <Editor key={id} read={zone.data} />
          <GrantSection
            of={{ zone: id }}
            name={zone.data.data.name}
            title="Who has a role here"
            note="Beside those who have one everywhere."
            none="No role is limited to this zone."
          />
        </div>
      )}
    </AdminPage>
  )
}

const draftOf = ({ name, description, cameras }: Zone): ZoneDraft => ({
  name,
  description,
  cameras: [...cameras].sort(),
})

function Editor({ read }: { read: Versioned<Zone> }) {
  const client = useQueryClient()
  const cameras = useQuery(camerasQuery).data
  const path = `/zones/${read.data.id}`
  const edit = useEdit<Zone, ZoneDraft>({
    read,
    draftOf,
    save: (changes, version) => api.patch<Zone>(path, { body: changes, ifMatch: version }),
    load: () => api.getVersioned<Zone>(path),
    onSaved: async () => {
      notifications.show({ message: `${read.data.name} was saved.` })
      await peopleChanged(client)
    },
  })
  const names = new Map(cameras?.map(({ id, name }) => [id, name]))
  return (
    <Section title="Zone">
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault()
          edit.save()
        }}
      >
        <ZoneFields draft={edit.draft} zone={read.data} onChange={edit.set} />
        <EditFoot
          edit={edit}
          labels={ZONE_LABELS}
          what="this zone"
          show={(_, value) =>
            typeof value === 'string'
              ? quoted(value)
              : value.map((id) => names.get(id) ?? 'a camera').join(', ') || 'no camera'
          }
        />
      </form>
    </Section>
  )
}

function Delete({ read: { data: zone, version } }: { read: Versioned<Zone> }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const grants = useQuery(grantsQuery({ zone_id: zone.id })).data
  const [asking, setAsking] = useState(false)
  const losing = [...new Set(grants?.map(({ subject }) => subject))]
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        leftSection={<IconTrash size={16} aria-hidden />}
        onClick={() => setAsking(true)}
      >
        Delete…
      </Button>
      <Confirm
        opened={asking}
        title={`Delete the zone ${zone.name}?`}
        action="Delete zone"
        act={() => api.delete(`/zones/${zone.id}`, { query: { confirm: true }, ifMatch: version })}
        onDone={() => {
          notifications.show({ message: `The zone ${zone.name} was deleted.` })
          void navigate({ to: '/admin/zones' }).then(() => peopleChanged(client))
        }}
        onClose={() => setAsking(false)}
      >
        {zone.grants === 0
          ? 'No role is limited to it: nobody loses anything.'
          : `${count(zone.grants, 'role')} in it ${zone.grants === 1 ? 'is' : 'are'} withdrawn at once${losing.length > 0 ? `, from ${losing.join(', ')}` : ''}.`}{' '}
        The cameras and their footage stay.
      </Confirm>
    </>
  )
}
