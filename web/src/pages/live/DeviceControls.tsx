import { ActionIcon, Menu, Popover, Tooltip } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import {
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowsMove,
  IconArrowUp,
  IconMapPin,
  IconMicrophone,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useAccess } from '@/access/useAccess'
import { api, explain } from '@/api/client'
import type { components } from '@/api/schema'
import type { Camera, Page } from '@/api/types'
import classes from './DeviceControls.module.css'
import { useLayer } from './layer'
import tile from './LiveTile.module.css'

type Movement = components['schemas']['Movement']
type Preset = components['schemas']['Preset']

// The server ends a movement by itself after two seconds.
const AGAIN_MS = 1000
const SPEED = 0.5
const PAD: { label: string; icon: typeof IconArrowUp; area: string; move: Partial<Movement> }[] = [
  { label: 'Up', icon: IconArrowUp, area: 'up', move: { tilt: SPEED } },
  { label: 'Left', icon: IconArrowLeft, area: 'left', move: { pan: -SPEED } },
  { label: 'Right', icon: IconArrowRight, area: 'right', move: { pan: SPEED } },
  { label: 'Down', icon: IconArrowDown, area: 'down', move: { tilt: -SPEED } },
  { label: 'Zoom in', icon: IconZoomIn, area: 'in', move: { zoom: SPEED } },
  { label: 'Zoom out', icon: IconZoomOut, area: 'out', move: { zoom: -SPEED } },
]

const failed = (error: unknown) => notifications.show({ color: 'red', message: explain(error) })

/** Moving a camera, its positions and talking: where the device can do it and one may. */
export function DeviceControls({ camera }: { camera: Camera }) {
  const { may } = useAccess()
  const { ptz, presets, talk } = camera.capabilities
  const moves = may('ptz.control', camera)
  const layer = useLayer()
  return (
    <>
      {ptz && moves && <Moving camera={camera} />}
      {presets && moves && <Presets camera={camera} />}
      {talk && may('talk.use', camera) && (
        <Tooltip label="Talk" portalProps={layer}>
          <ActionIcon
            className={tile.control}
            aria-label="Talk"
            onClick={() => void api.post(`/cameras/${camera.id}/talk`).catch(failed)}
          >
            <IconMicrophone size={16} />
          </ActionIcon>
        </Tooltip>
      )}
    </>
  )
}

function Moving({ camera }: { camera: Camera }) {
  const timer = useRef(0)
  const send = (move: Partial<Movement>) => api.post(`/cameras/${camera.id}/ptz/move`, { body: move })
  const stop = () => {
    if (!timer.current) return
    window.clearInterval(timer.current)
    timer.current = 0
    void send({}).catch(() => undefined) // it stops by itself
  }
  const start = (move: Partial<Movement>) => {
    stop()
    timer.current = window.setInterval(() => void send(move).catch(() => undefined), AGAIN_MS)
    send(move).catch((error: unknown) => {
      window.clearInterval(timer.current)
      timer.current = 0
      failed(error)
    })
  }
  useEffect(() => () => window.clearInterval(timer.current), [])
  return (
    <Popover position="top" portalProps={useLayer()} onClose={stop}>
      <Popover.Target>
        <ActionIcon className={tile.control} aria-label="Move the camera" title="Move the camera">
          <IconArrowsMove size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={classes.pad} role="group" aria-label={`Move ${camera.name}`}>
          {PAD.map(({ label, icon: Icon, area, move }) => (
            <ActionIcon
              key={area}
              variant="default"
              aria-label={label}
              style={{ gridArea: area }}
              onPointerDown={() => start(move)}
              onPointerUp={stop}
              onPointerLeave={stop}
              onKeyDown={(event) => {
                if ((event.key !== 'Enter' && event.key !== ' ') || event.repeat) return
                event.preventDefault()
                start(move)
              }}
              onKeyUp={stop}
              onBlur={stop}
            >
              <Icon size={20} />
            </ActionIcon>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

function Presets({ camera }: { camera: Camera }) {
  const [open, setOpen] = useState(false)
  const path = `/cameras/${camera.id}/ptz/presets`
  const presets = useQuery({
    queryKey: ['presets', camera.id],
    queryFn: async ({ signal }) => (await api.get<Page<Preset>>(path, { signal })).items,
    enabled: open,
    retry: false,
  })
  return (
    <Menu position="top" portalProps={useLayer()} opened={open} onChange={setOpen}>
      <Menu.Target>
        <ActionIcon className={tile.control} aria-label="Positions" title="Positions">
          <IconMapPin size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {presets.data?.map(({ token, name }) => (
          <Menu.Item
            key={token}
            onClick={() => void api.post(`${path}/${encodeURIComponent(token)}/go`).catch(failed)}
          >
            {name}
          </Menu.Item>
        ))}
        {!presets.data?.length && (
          <Menu.Item disabled>
            {presets.error ? explain(presets.error) : 'No positions are stored.'}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
