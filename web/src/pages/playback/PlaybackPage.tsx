import { Select, Skeleton, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { IconPlayerRecordFilled } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { Allowed } from '@/access/useAccess'
import { useStorage } from '@/access/useStorage'
import { camerasQuery, removedQuery } from '@/api/queries'
import { LinkButton } from '@/parts/links'
import { NoCamera } from '@/parts/NoCamera'
import { Failure } from '@/parts/Notice'
import { marksIn, marksOut, spanOf } from '@/player/marks'
import { useNow, useTitle, useZone } from '@/state/hooks'
import type { PlaybackSearch } from '@/router'
import { DAY } from '@/words/zone'
import { Bookmarks } from './bookmarks/Bookmarks'
import { useBookmarkMarks } from './bookmarks/useBookmarkMarks'
import { DayPicker } from './DayPicker'
import { landingOf } from './landing'
import classes from './PlaybackPage.module.css'
import { Review, type Noted } from './Review'
import { ShareButton } from './share/ShareButton'
import { placesIn, placesOut } from './together/address'
import { firstOfAny } from './together/next'
import { everyone, leadOf } from './together/shown'
import { Closed } from './together/TileNotice'
import { Together, type TogetherChange } from './together/Together'
import { TogetherTools } from './together/TogetherTools'
import { WallChoice } from './together/WallChoice'
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
  const names = new Map(cameras.data.map(({ slug, name }) => [slug, name]))
  return <Loaded cameras={known} names={names} now={now} />
}

interface LoadedProps {
  cameras: Reviewed[]
  /** Of all cameras that one sees, by slug. */
  names: ReadonlyMap<string, string>
  now: number
}

function Loaded({ cameras, names, now }: LoadedProps) {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const router = useRouter()
  const zone = useZone()
  const storage = useStorage()
  const slugs = placesIn(search.cameras)
  // Without a name in the address it stays with the camera that it began with, also when that is taken away.
  const [first] = useState(cameras[0]?.slug)
  const wanted = search.focus ?? search.camera ?? (slugs ? undefined : first)
  const all = everyone(cameras, slugs ?? [wanted ?? null], names)
  const standing = all.filter(({ slug }) => slugs?.includes(slug))
  const lead = (slugs ? leadOf(all, slugs, wanted) : all.find(({ slug }) => slug === wanted)) ?? all[0]
  const camera = lead?.missing ? all.find(({ missing }) => !missing) : lead
  const parsed = search.at ? Date.parse(search.at) : NaN
  const landed = useLanding(camera?.id, !Number.isNaN(parsed))
  const at = Number.isNaN(parsed) ? landed : parsed
  const [arranging, setArranging] = useState(false)
  const [day, setDay] = useState<{ start: number; end: number } | null>(null)
  const noted = useRef<Noted>(() => null)
  const bookmarks = useBookmarkMarks(at ?? now)
  if (!lead) return null
  const change = (changed: Partial<PlaybackSearch>, replace = true) =>
    void navigate({ search: (before) => ({ ...before, ...changed }), replace })
  const chooser = (
    <Select
      aria-label="Camera"
      className={classes.select}
      data={choices(cameras)}
      value={lead.missing ? null : lead.slug}
      placeholder={lead.name}
      onChange={(slug) => slug && change({ camera: slug })}
      searchable
      allowDeselect={false}
    />
  )
  if (!camera || (lead.missing && !slugs))
    return (
      <div className={classes.page}>
        <header className={classes.bar}>
          <h1 className={classes.title}>Playback</h1>
          {chooser}
        </header>
        <div className={classes.closed}>
          <Closed name={lead.name} />
        </div>
      </div>
    )

  const oldest = storage.data?.oldest ? Date.parse(storage.data.oldest) : now - 7 * DAY
  const go = ({ at: instant, marks, loop, ...changed }: TogetherChange) =>
    change({
      ...changed,
      ...(instant === undefined ? {} : { at: new Date(instant).toISOString(), still: undefined }),
      ...(marks && marksOut(marks)),
      ...(loop === undefined ? {} : { loop: loop ? 1 : undefined }),
    })
  const linkTo = (instant: number) => {
    const wanted = { ...search, camera: camera.slug, at: new Date(instant).toISOString(), still: 1 as const }
    return new URL(router.buildLocation({ to: '/playback', search: wanted }).href, window.location.origin)
      .href
  }
  const together = (places: readonly (string | null)[], layout?: PlaybackSearch['layout']) =>
    change({ cameras: placesOut(places), layout, page: undefined, focus: undefined }, slugs !== null)
  const arrange = (on: boolean) => {
    setArranging(on)
    if (on && !slugs) together([camera.slug])
  }
  const one = () => {
    setArranging(false)
    change(
      { camera: camera.slug, cameras: undefined, layout: undefined, page: undefined, focus: undefined },
      false,
    )
  }

  const openDay = (start: number, end: number, id: string) => {
    setDay({ start, end })
    const slug = cameras.find((each) => each.id === id)?.slug
    const ids = slugs ? standing.flatMap((each) => (each.missing ? [] : each.id)) : [id]
    void firstOfAny(ids, start, Math.min(end, Date.now())).then((first) => go({ camera: slug, at: first }))
  }

  return (
    <div className={classes.page}>
      <header className={classes.bar}>
        <h1 className={classes.title}>Playback</h1>
        {!slugs && chooser}
        <WallChoice
          cameras={cameras}
          shown={slugs ? standing.length : null}
          onOne={one}
          onArrange={() => arrange(true)}
          onChoose={({ places, layout }) => together(places, layout)}
        />
        {slugs && (
          <TogetherTools
            layout={search.layout ?? 'auto'}
            arranging={arranging}
            focused={search.focus}
            onLayout={(layout) => change({ layout, page: undefined })}
            onArranging={arrange}
            onBack={() => change({ focus: undefined })}
          />
        )}
        <DayPicker
          camera={camera.id}
          zone={zone}
          at={at ?? now}
          now={now}
          onDay={(start, end) => openDay(start, end, camera.id)}
        />
        <Bookmarks
          camera={camera}
          cameras={cameras}
          noted={noted}
          onGo={(id, instant) => go({ camera: cameras.find((each) => each.id === id)?.slug, at: instant })}
        />
        {at !== null && (
          <Allowed permission="share.create" camera={camera.id}>
            <ShareButton camera={camera} at={at} span={spanOf(marksIn(search))} />
          </Allowed>
        )}
        {!camera.removed && camera.live && (
          <Tooltip label="To the live picture (End)">
            <LinkButton
              to="/live"
              search={{ focus: camera.slug }}
              variant="default"
              className={classes.now}
              data-short=""
              leftSection={<IconPlayerRecordFilled size={14} className={classes.dot} aria-hidden />}
            >
              Now
            </LinkButton>
          </Tooltip>
        )}
      </header>
      {at === null ? (
        <Skeleton height="100%" radius={0} aria-label="Looking for the newest footage" />
      ) : slugs ? (
        <Together
          cameras={all}
          slugs={slugs}
          layout={search.layout ?? 'auto'}
          page={search.page ?? 0}
          focus={search.focus}
          lead={lead}
          at={at}
          day={day}
          zone={zone}
          now={now}
          earliest={oldest}
          bookmarks={bookmarks}
          notedRef={noted}
          marks={marksIn(search)}
          loop={search.loop === 1}
          arranging={arranging}
          onArranging={arrange}
          onChange={go}
          onNow={() => void navigate({ to: '/live' })}
        />
      ) : (
        <Review
          cameras={rowsFor(cameras, camera)}
          camera={camera}
          at={at}
          landed={Number.isNaN(parsed)}
          still={search.still === 1}
          day={day}
          zone={zone}
          now={now}
          earliest={oldest}
          bookmarks={bookmarks}
          notedRef={noted}
          marks={marksIn(search)}
          loop={search.loop === 1}
          onDay={openDay}
          onMoved={(instant) => go({ at: instant })}
          onMarks={(marks, loop) => go({ marks, loop })}
          linkTo={linkTo}
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
