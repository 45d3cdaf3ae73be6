import { Button, Skeleton } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { IconHistory, IconPencil, IconPlayerRecordFilled, IconPlayerStopFilled } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { Allowed } from '@/access/useAccess'
import { useStorage } from '@/access/useStorage'
import type { Camera } from '@/api/types'
import { NoSuchCamera } from '@/frame/Failures'
import { LinkButton } from '@/parts/links'
import { Failure, Notice } from '@/parts/Notice'
import { Page } from '@/parts/Page'
import { Section } from '@/parts/Section'
import { StateWords } from '@/parts/StateMark'
import { useNow, useZone } from '@/state/hooks'
import { cameraState } from '@/words/camera-state'
import { moment, sentences } from '@/words/format'
import { recordingVerb } from '@/words/recording-control'
import { LiveTile } from '../live/LiveTile'
import { CameraFacts } from './CameraFacts'
import classes from './CameraPage.module.css'
import { DaysOfCoverage } from './DaysOfCoverage'
import { useCameraBySlug } from './useCameraBySlug'
import { useRecordingControl } from './useRecordingControl'

const Elsewhere = lazy(() =>
  import('./Elsewhere').then(({ Elsewhere: component }) => ({ default: component })),
)
const Health = lazy(() => import('./Health').then(({ Health: component }) => ({ default: component })))
const route = getRouteApi('/frame/cameras/$slug')

/** One camera: its picture, what it does, how well, and what was recorded of it. */
export function CameraPage() {
  const { slug } = route.useParams()
  const { camera, missing, error, retry } = useCameraBySlug(slug)
  if (missing) return <NoSuchCamera />
  if (!camera)
    return (
      <Page title="Camera">
        {error ? <Failure error={error} onRetry={retry} /> : <Skeleton height={360} />}
      </Page>
    )
  return <Shown camera={camera} />
}

function Shown({ camera }: { camera: Camera }) {
  const now = useNow(1000)
  const zone = useZone()
  const storage = useStorage()
  const state = cameraState(camera, now)
  const status = camera.status.main ?? camera.status.sub
  const down = state.tone === 'down'
  return (
    <Page
      title={camera.name}
      // What is wrong stands below, with what to do about it: once on the page.
      note={!down && <StateWords state={state} />}
      actions={
        <>
          <Allowed permission="playback.view" camera={camera}>
            <LinkButton
              to="/playback"
              search={{ camera: camera.slug }}
              variant="default"
              aria-label="Playback"
              leftSection={<IconHistory size={16} aria-hidden />}
              className={classes.playback}
            >
              Playback
            </LinkButton>
          </Allowed>
          <Allowed permission="camera.edit" camera={camera}>
            <LinkButton
              to="/cameras/$slug/edit"
              params={{ slug: camera.slug }}
              leftSection={<IconPencil size={16} aria-hidden />}
            >
              Edit
            </LinkButton>
          </Allowed>
        </>
      }
    >
      {down && (
        <Notice tone="danger" title={state.label}>
          {sentences(state.detail, state.remedy)}
          {status && (
            <>
              {' '}
              Since <time>{moment(Date.parse(status.since), zone, now)}</time>
              {state.doing && `, ${state.doing}`}.
            </>
          )}
        </Notice>
      )}
      <div className={classes.top}>
        <div className={classes.picture}>
          <LiveTile camera={camera} stream="main" place={0} alone brief />
        </div>
        <div className={classes.side}>
          <Allowed permission="recording.control" camera={camera}>
            <RecordingControl camera={camera} />
          </Allowed>
          <CameraFacts
            camera={camera}
            usage={storage.data?.cameras.find((each) => each.camera_id === camera.id)}
            zone={zone}
            now={now}
          />
        </div>
      </div>
      <Allowed permission="playback.view" camera={camera}>
        <DaysOfCoverage camera={camera} zone={zone} now={now} />
      </Allowed>
      <Suspense
        fallback={
          <Section title="Health">
            <Skeleton height={320} />
          </Section>
        }
      >
        <Health camera={camera} zone={zone} />
      </Suspense>
      <Allowed permission="live.view" camera={camera}>
        <Suspense fallback={null}>
          <Elsewhere camera={camera} />
        </Suspense>
      </Allowed>
    </Page>
  )
}

function RecordingControl({ camera }: { camera: Camera }) {
  const control = useRecordingControl(camera)
  const { recording_override: override } = camera
  return (
    <Section title="Recording">
      <div className={classes.control}>
        {recordingVerb(camera) === 'stop' ? (
          <Button
            variant="default"
            leftSection={<IconPlayerStopFilled size={16} aria-hidden />}
            loading={control.isPending}
            disabled={!camera.enabled}
            onClick={() => control.mutate('stop')}
          >
            Stop
          </Button>
        ) : (
          <Button
            variant="default"
            leftSection={<IconPlayerRecordFilled size={16} className={classes.red} aria-hidden />}
            loading={control.isPending}
            disabled={!camera.enabled}
            onClick={() => control.mutate('start')}
          >
            Start
          </Button>
        )}
        {override && (
          <Button variant="subtle" onClick={() => control.mutate('auto')}>
            {camera.recording_mode === 'schedule' ? 'Follow the plan again' : 'Follow the settings again'}
          </Button>
        )}
      </div>
      {override && (
        <p className="meta">
          {override === 'start' ? 'Started by hand' : 'Stopped by hand'}, until someone changes it.
        </p>
      )}
    </Section>
  )
}
