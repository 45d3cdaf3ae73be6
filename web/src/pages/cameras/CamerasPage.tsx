import { Badge, Skeleton, Table, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { Allowed } from '@/access/useAccess'
import { useStorage } from '@/access/useStorage'
import { camerasQuery, coverageQuery } from '@/api/queries'
import type { Camera, CameraCoverage } from '@/api/types'
import { CoverageStrip } from '@/parts/CoverageStrip'
import { LinkButton } from '@/parts/links'
import { NoCamera } from '@/parts/NoCamera'
import { Failure } from '@/parts/Notice'
import { Page } from '@/parts/Page'
import { StateWords } from '@/parts/StateMark'
import { Still } from '@/parts/Still'
import { useNow, useZone } from '@/state/hooks'
import { cameraState } from '@/words/camera-state'
import { bytes, count } from '@/words/format'
import { promise } from '@/words/promise'
import { DAY, MINUTE } from '@/words/zone'
import { CameraMenu } from './CameraMenu'
import classes from './CamerasPage.module.css'
import { RemovedCameras } from './RemovedCameras'

/** All cameras with what they do and what they did in the last day. */
export function CamerasPage() {
  const cameras = useQuery(camerasQuery)
  const [wanted, setWanted] = useState('')
  const shown = cameras.data?.filter(({ name, slug, notes }) =>
    `${name} ${slug} ${notes}`.toLowerCase().includes(wanted.trim().toLowerCase()),
  )
  return (
    <Page
      title="Cameras"
      note={cameras.data && cameras.data.length > 0 ? summary(cameras.data) : undefined}
      actions={
        <Allowed permission="camera.create">
          <LinkButton to="/cameras/new" leftSection={<IconPlus size={16} aria-hidden />}>
            Add camera
          </LinkButton>
        </Allowed>
      }
    >
      {cameras.error && !cameras.data && (
        <Failure error={cameras.error} onRetry={() => void cameras.refetch()} />
      )}
      {!cameras.data && !cameras.error && <Skeleton height={320} />}
      {cameras.data?.length === 0 && (
        <NoCamera>
          Paste a camera’s RTSP address. It is tested before it is saved, and recorded as soon as it is.
        </NoCamera>
      )}
      {cameras.data && cameras.data.length > 8 && (
        <TextInput
          aria-label="Find a camera"
          placeholder="Find a camera"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          maw={320}
        />
      )}
      {shown && cameras.data && cameras.data.length > 0 && <CameraTable cameras={shown} />}
      <RemovedCameras />
    </Page>
  )
}

function summary(cameras: Camera[]): string {
  const recording = cameras.filter((camera) => camera.status.main?.state === 'recording').length
  return `${recording} of ${count(cameras.length, 'camera')} recording`
}

function CameraTable({ cameras }: { cameras: Camera[] }) {
  const now = useNow(1000)
  const zone = useZone()
  const storage = useStorage()
  // To the minute, so that it is asked again once a minute and not once a second.
  const end = Math.ceil(now / MINUTE) * MINUTE
  const ids = cameras.filter(({ allowed }) => allowed.includes('playback.view')).map(({ id }) => id)
  const coverage = useQuery({
    ...coverageQuery({ cameras: ids, start: end - DAY, end, resolutionMs: 3 * MINUTE }),
    placeholderData: (before) => before,
    enabled: ids.length > 0,
  })
  const used = new Map(storage.data?.cameras.map((camera) => [camera.camera_id, camera.bytes]))
  const covered = new Map(coverage.data?.cameras.map((camera) => [camera.camera_id, camera]))
  if (cameras.length === 0) return <p className={classes.none}>No camera matches.</p>
  return (
    <Table className={classes.table} verticalSpacing={8} horizontalSpacing={12}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th className={classes.picture}>
            <span className="visually-hidden">Picture</span>
          </Table.Th>
          <Table.Th>Camera</Table.Th>
          <Table.Th className={classes.coverage}>Last 24 h</Table.Th>
          <Table.Th className={classes.storage}>Keeps</Table.Th>
          <Table.Th className={classes.menu}>
            <span className="visually-hidden">Actions</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {cameras.map((camera) => (
          <Row
            key={camera.id}
            camera={camera}
            now={now}
            zone={zone}
            coverage={covered.get(camera.id)}
            end={end}
            used={used.get(camera.id)}
          />
        ))}
      </Table.Tbody>
    </Table>
  )
}

interface RowProps {
  camera: Camera
  now: number
  zone: string
  coverage: CameraCoverage | undefined
  end: number
  used: number | undefined
}

function Row({ camera, now, zone, coverage, end, used }: RowProps) {
  const state = cameraState(camera, now)
  const strip = <CoverageStrip coverage={coverage} start={end - DAY} end={end} zone={zone} />
  const mayWatch = camera.allowed.includes('live.view')
  const mayReview = camera.allowed.includes('playback.view')
  return (
    <Table.Tr>
      <Table.Td className={classes.picture}>
        {mayWatch ? (
          <Link
            to="/live"
            search={{ focus: camera.slug }}
            tabIndex={-1}
            aria-hidden
            className={classes.pictureLink}
          >
            <Still camera={camera} width={320} />
          </Link>
        ) : (
          <Still camera={camera} width={320} />
        )}
      </Table.Td>
      <Table.Td>
        <div className={classes.name}>
          <Link to="/cameras/$slug" params={{ slug: camera.slug }}>
            {camera.name}
          </Link>
          {camera.simulated && (
            <Badge variant="default" size="xs" tt="none" fw={500} miw="max-content">
              simulated
            </Badge>
          )}
        </div>
        <StateWords state={state} />
        {state.remedy && <div className={`${classes.remedy ?? ''} meta`}>{state.remedy}</div>}
        {mayReview && <div className={classes.narrowStrip}>{strip}</div>}
      </Table.Td>
      <Table.Td className={classes.coverage}>
        {mayReview && (
          <Link
            to="/playback"
            search={{ camera: camera.slug }}
            aria-label={`Play back ${camera.name}`}
            className={classes.strip}
          >
            {strip}
          </Link>
        )}
      </Table.Td>
      <Table.Td className={classes.storage}>
        <div>{promise(camera)}</div>
        <div className="meta tabular">{used === undefined ? '' : bytes(used)}</div>
      </Table.Td>
      <Table.Td className={classes.menu}>
        <CameraMenu camera={camera} used={used} />
      </Table.Td>
    </Table.Tr>
  )
}
