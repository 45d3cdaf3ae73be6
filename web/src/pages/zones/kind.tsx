import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { grantsQuery, zoneQuery, zonesQuery, type Zone } from '@/api/people'
import { camerasQuery } from '@/api/queries'
import { CheckList } from '@/parts/CheckList'
import { ordered } from '@/parts/listing/arrange'
import { Failure } from '@/parts/Notice'
import { Still } from '@/parts/Still'
import { WhenSeen } from '@/parts/WhenSeen'
import { count } from '@/words/format'
import type { Kind, PickerProps } from '../named/kind'
import { hiddenWords } from './words'
import classes from './Zones.module.css'

/** A zone: cameras under one name, for roles to be limited to. */
export const ZONE: Kind<Zone> = {
  word: 'zone',
  path: '/zones',
  field: 'cameras',
  label: 'Cameras',
  size: ({ cameras, hidden }) => count(cameras.length + hidden, 'camera'),
  inside: ({ cameras }) => [...cameras],
  query: zoneQuery,
  Picker: Cameras,
  useNames: useCameraNames,
  Loss,
  grants: {
    of: (id) => ({ zone: id }),
    title: 'Who has a role here',
    note: 'Beside those who have one everywhere.',
    none: 'No role is limited to this zone.',
  },
}

function Cameras({ inside, thing, onChange }: PickerProps<Zone>) {
  const cameras = useQuery(camerasQuery)
  const others = useQuery(zonesQuery).data?.filter(({ id }) => id !== thing?.id) ?? []
  if (cameras.error && !cameras.data)
    return <Failure error={cameras.error} onRetry={() => void cameras.refetch()} />
  if (!cameras.data) return <Skeleton height={160} />
  const known = new Set(cameras.data.map(({ id }) => id))
  const places = (id: string) => others.filter((other) => other.cameras.includes(id)).map(({ name }) => name)
  return (
    <>
      <CheckList
        label="Cameras"
        items={ordered(cameras.data, ({ name }) => name, false).map((camera) => {
          const also = places(camera.id)
          return {
            id: camera.id,
            label: camera.name,
            note: also.length > 0 ? `also in ${also.join(', ')}` : '',
            picture: (
              <WhenSeen className={classes.picture ?? ''}>
                <Still camera={camera} width={160} everyS={60} />
              </WhenSeen>
            ),
          }
        })}
        // Whoever sorts cameras into zones looks for those that are in none yet.
        filters={
          others.length > 0 ? [{ label: 'In no other zone', holds: (id) => places(id).length === 0 }] : []
        }
        chosen={inside.filter((id) => known.has(id))}
        none="There is no camera yet."
        // Cameras that were removed stay as they are, and those that one may not see, which the server keeps.
        onChange={(chosen) => onChange([...inside.filter((id) => !known.has(id)), ...chosen].sort())}
      />
      {thing && thing.hidden > 0 && (
        <p className="meta">
          And {hiddenWords(thing.hidden)}: {thing.hidden === 1 ? 'it stays' : 'they stay'} in this zone.
        </p>
      )}
    </>
  )
}

function useCameraNames() {
  const names = new Map(useQuery(camerasQuery).data?.map(({ id, name }) => [id, name]))
  return (ids: readonly string[]) => ids.map((id) => names.get(id) ?? 'a camera').join(', ') || 'no camera'
}

function Loss({ thing: { id, grants } }: { thing: Zone }) {
  const given = useQuery(grantsQuery({ zone_id: id })).data
  const losing = [...new Set(given?.map(({ subject }) => subject))]
  return (
    <>
      {grants === 0
        ? 'No role is limited to it: nobody loses anything.'
        : `${count(grants, 'role')} in it ${grants === 1 ? 'is' : 'are'} withdrawn at once${losing.length > 0 ? `, from ${losing.join(', ')}` : ''}.`}{' '}
      The cameras and their footage stay.
    </>
  )
}
