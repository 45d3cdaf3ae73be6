import { ActionIcon, Menu } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import {
  IconDotsVertical,
  IconHistory,
  IconLayoutGrid,
  IconPencil,
  IconPlayerRecord,
  IconPlayerStop,
  IconTrash,
} from '@tabler/icons-react'
import { useRef, useState } from 'react'
import type { Camera, Permission } from '@/api/types'
import { recordingVerb } from '@/words/recording-control'
import { DeleteCamera } from './DeleteCamera'
import { useRecordingControl } from './useRecordingControl'

const OFFERED = ['live.view', 'playback.view', 'recording.control', 'camera.edit'] as const

/** What can be done with a camera from a list. */
export function CameraMenu({ camera, used }: { camera: Camera; used: number | undefined }) {
  const navigate = useNavigate()
  const [deleting, setDeleting] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const control = useRecordingControl(camera)
  const verb = recordingVerb(camera)
  const may = (permission: Permission) => camera.allowed.includes(permission)
  // A menu without anything in it is none.
  if (!OFFERED.some(may)) return null
  return (
    <>
      <Menu position="bottom-end" portalProps={{ target: '#main' }}>
        <Menu.Target>
          <ActionIcon ref={button} aria-label={`Actions for ${camera.name}`}>
            <IconDotsVertical size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {may('live.view') && (
            <Menu.Item
              leftSection={<IconLayoutGrid size={16} />}
              onClick={() => void navigate({ to: '/live', search: { focus: camera.slug } })}
            >
              Live
            </Menu.Item>
          )}
          {may('playback.view') && (
            <Menu.Item
              leftSection={<IconHistory size={16} />}
              onClick={() => void navigate({ to: '/playback', search: { camera: camera.slug } })}
            >
              Playback
            </Menu.Item>
          )}
          {(may('recording.control') || may('camera.edit')) && <Menu.Divider />}
          {may('recording.control') && (
            <Menu.Item
              leftSection={verb === 'stop' ? <IconPlayerStop size={16} /> : <IconPlayerRecord size={16} />}
              disabled={!camera.enabled}
              onClick={() => control.mutate(verb)}
            >
              {verb === 'stop' ? 'Stop recording' : 'Start recording'}
            </Menu.Item>
          )}
          {may('camera.edit') && (
            <>
              <Menu.Item
                leftSection={<IconPencil size={16} />}
                onClick={() => void navigate({ to: '/cameras/$slug/edit', params: { slug: camera.slug } })}
              >
                Edit
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item
                color="var(--v-recording-text)"
                leftSection={<IconTrash size={16} />}
                onClick={() => setDeleting(true)}
              >
                Delete…
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <DeleteCamera
        camera={camera}
        used={used}
        opened={deleting}
        onClose={() => setDeleting(false)}
        // The menu's item, which had the focus before the dialog, is gone.
        onClosed={() => button.current?.focus()}
      />
    </>
  )
}
