import { Skeleton, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { zonesQuery, type Zone } from '@/api/people'
import { camerasQuery } from '@/api/queries'
import { CheckList } from '@/parts/CheckList'
import { Failure } from '@/parts/Notice'
import { Still } from '@/parts/Still'
import classes from './Zones.module.css'

export interface ZoneDraft {
  name: string
  description: string
  /** Ids in order. */
  cameras: string[]
}

export const ZONE_LABELS: Record<keyof ZoneDraft, string> = {
  name: 'Name',
  description: 'Description',
  cameras: 'Cameras',
}

interface Props {
  draft: ZoneDraft
  /** The zone that is edited: the others are named beside the cameras. */
  zone?: Zone
  nameError?: string | undefined
  onChange: (change: Partial<ZoneDraft>) => void
}

/** Name, description and cameras of a zone. */
export function ZoneFields({ draft, zone, nameError, onChange }: Props) {
  const cameras = useQuery(camerasQuery)
  const others = useQuery(zonesQuery).data?.filter(({ id }) => id !== zone?.id) ?? []
  const known = new Set(cameras.data?.map(({ id }) => id))
  return (
    <>
      <TextInput
        label="Name"
        required
        maxLength={100}
        value={draft.name}
        error={nameError}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <TextInput
        label="Description"
        maxLength={1000}
        value={draft.description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
      />
      {cameras.error && !cameras.data && (
        <Failure error={cameras.error} onRetry={() => void cameras.refetch()} />
      )}
      {!cameras.data && !cameras.error && <Skeleton height={160} />}
      {cameras.data && (
        <CheckList
          label="Cameras"
          items={cameras.data.map((camera) => {
            const also = others.filter((other) => other.cameras.includes(camera.id)).map(({ name }) => name)
            return {
              id: camera.id,
              label: camera.name,
              ...(also.length > 0 ? { note: `also in ${also.join(', ')}` } : {}),
              picture: (
                <span className={classes.picture}>
                  <Still camera={camera} width={160} everyS={60} />
                </span>
              ),
            }
          })}
          chosen={draft.cameras.filter((id) => known.has(id))}
          none="There is no camera yet."
          // Cameras that were removed, or that one may not see, stay as they are.
          onChange={(chosen) =>
            onChange({ cameras: [...draft.cameras.filter((id) => !known.has(id)), ...chosen].sort() })
          }
        />
      )}
    </>
  )
}
