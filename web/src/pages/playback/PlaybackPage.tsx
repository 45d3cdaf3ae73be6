import { Select, Skeleton, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { IconPlayerRecordFilled } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { Allowed } from '@/access/useAccess'
import { useStorage } from '@/access/useStorage'
import { camerasQuery, fetchCoverage, removedQuery } from '@/api/queries'
import { LinkButton } from '@/parts/links'
import { NoCamera } from '@/parts/NoCamera'
import { Failure } from '@/parts/Notice'
import { useNow, useTitle, useZone } from '@/state/hooks'
import { DAY } from '@/words/zone'
import { DayPicker } from './DayPicker'
import { landingOf } from './landing'
import classes from './PlaybackPage.module.css'
import { Review } from './Review'
import { ShareButton } from './share/ShareButton'
import { mayReview, past, present, reviewable, rowsFor, type Reviewed } from './reviewed'

const route = getRouteApi('/frame/playback')

/** Yesterday, and every other day: one camera above, the time lines of all below. */
export function PlaybackPage() {
  useTitle('Playback')
  const cameras = useQuery(camerasQuery)
  const removed = useQuery(removedQuery)
  const storage = useStorage()
  const now = useNow(1000)
  if (cameras.error && !cameras.data)
    return (
      <div className={classes.message}>
        <Failure error={cameras.error} onRetry={() => void cameras.refetch()} />
      </div>
    )
  // Not asked for is settled, too.
  const settled = (query: { isLoading: boolean }) => !query.isLoading
  if (!cameras.data || !settled(removed) || !settled(storage))
    return <Skeleton height="100%" radius={0} aria-label="Loading the cameras" />
  const known: Reviewed[] = [
    ...cameras.data.filter(mayReview).map((camera) => present(camera, now)),
    ...reviewable(removed.data ?? [], storage.data?.cameras).map(past),
  ]
  if (known.length === 0)
    return (
      <div className={classes.message}>
        <h1 className="visually-hidden">Playback</h1>
        <NoCamera title="Nothing to play back yet" missing="play back">
          As soon as a camera records, its footage is here.
        </NoCamera>
      </div>
    )
  return <Loaded cameras={known} now={now} />
}

function Loaded({ cameras, now }: { cameras: Reviewed[]; now: number }) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const zone = useZone()
  const storage = useStorage()
  const camera = cameras.find((candidate) => candidate.slug === search.camera) ?? cameras[0]
  const parsed = search.at ? Date.parse(search.at) : NaN
  const landed = useLanding(camera?.id, !Number.isNaN(parsed))
  const at = Number.isNaN(parsed) ? landed : parsed
  const [day, setDay] = useState<{ start: number; end: number } | null>(null)
  if (!camera) return null

  const oldest = storage.data?.oldest ? Date.parse(storage.data.oldest) : now - 7 * DAY
  const go = (change: { camera?: string; at?: number }) =>
    void navigate({
      search: (before) => ({
        camera: change.camera ?? before.camera,
        at: change.at === undefined ? before.at : new Date(change.at).toISOString(),
      }),
      replace: true,
    })

  return (
    <div className={classes.page}>
      <header className={classes.bar}>
        <h1 className={classes.title}>Playback</h1>
        <Select
          aria-label="Camera"
          className={classes.select}
          data={choices(cameras)}
          value={camera.slug}
          onChange={(slug) => slug && go({ camera: slug })}
          searchable
          allowDeselect={false}
        />
        <DayPicker
          camera={camera.id}
          zone={zone}
          at={at ?? now}
          now={now}
          onDay={(start, end) => {
            setDay({ start, end })
            void firstFootage(camera.id, start, Math.min(end, Date.now())).then((first) => go({ at: first }))
          }}
        />
        {at !== null && (
          <Allowed permission="share.create" camera={camera.id}>
            <ShareButton camera={camera} at={at} />
          </Allowed>
        )}
        {!camera.removed && camera.live && (
          <Tooltip label="To the live picture (End)">
            <LinkButton
              to="/live"
              search={{ focus: camera.slug }}
              variant="default"
              className={classes.now}
              leftSection={<IconPlayerRecordFilled size={14} className={classes.dot} aria-hidden />}
            >
              Now
            </LinkButton>
          </Tooltip>
        )}
      </header>
      {at === null ? (
        <Skeleton height="100%" radius={0} aria-label="Looking for the newest footage" />
      ) : (
        <Review
          cameras={rowsFor(cameras, camera)}
          camera={camera}
          at={at}
          day={day}
          zone={zone}
          now={now}
          earliest={oldest}
          onMoved={(instant) => go({ at: instant })}
          onCamera={(id, instant) =>
            go({ camera: cameras.find((each) => each.id === id)?.slug, at: instant })
          }
          onNow={() => void navigate({ to: '/live', search: camera.removed ? {} : { focus: camera.slug } })}
        />
      )}
    </div>
  )
}

/** Where to begin with a camera when the address does not say it; null until that is known. */
function useLanding(camera: string | undefined, told: boolean): number | null {
  const [landed, setLanded] = useState<{ camera: string; at: number } | null>(null)
  const known = landed !== null && landed.camera === camera
  useEffect(() => {
    if (told || known || camera === undefined) return
    let current = true
    void landingOf(camera, Date.now()).then((at) => {
      if (current) setLanded({ camera, at })
    })
    return () => {
      current = false
    }
  }, [camera, told, known])
  return known ? landed.at : null
}

/** Where the footage of a span begins; where there is none, or it can't be asked, the span itself. */
async function firstFootage(camera: string, start: number, end: number): Promise<number> {
  try {
    // To the millisecond: a hair before the first frame there is nothing.
    const found = await fetchCoverage({ cameras: [camera], start, end, resolutionMs: 1 })
    return found.cameras[0]?.spans[0]?.[0] ?? start
  } catch {
    return start
  }
}

/** For the picker; removed cameras stand apart. */
function choices(cameras: readonly Reviewed[]) {
  const options = (removed: boolean) =>
    cameras
      .filter((camera) => camera.removed === removed)
      .map(({ slug, name }) => ({ value: slug, label: name }))
  const gone = options(true)
  if (gone.length === 0) return options(false)
  return [
    { group: 'Cameras', items: options(false) },
    { group: 'Removed cameras', items: gone },
  ]
}
