import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import {
  IconCheck,
  IconDots,
  IconDownload,
  IconLink,
  IconPictureInPicture,
  IconTextCaption,
} from '@tabler/icons-react'
import { useState } from 'react'
import { savePreferences, usePreferences } from '@/state/preferences'
import type { PlaybackActions } from './actions'

interface Props {
  actions: PlaybackActions
  /** Null where the browser has no such window. */
  onPictureInPicture: (() => void) | null
  className: string
}

/** What is wanted less often than the buttons beside it. */
export function MoreMenu({ actions, onPictureInPicture, className }: Props) {
  const [open, setOpen] = useState(false)
  const { captioned } = usePreferences()
  return (
    <Menu position="top-end" portalProps={{ target: '#main' }} opened={open} onChange={setOpen}>
      <Menu.Target>
        <Tooltip label="More" disabled={open}>
          <ActionIcon aria-label="More" variant="subtle" color="gray" className={className}>
            <IconDots size={20} stroke={1.5} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconLink size={16} aria-hidden />} onClick={actions.copyLink}>
          Copy link to this picture
        </Menu.Item>
        {actions.download && (
          <Menu.Item leftSection={<IconDownload size={16} aria-hidden />} onClick={actions.download}>
            Download this recording
          </Menu.Item>
        )}
        {onPictureInPicture && (
          <Menu.Item
            leftSection={<IconPictureInPicture size={16} aria-hidden />}
            onClick={onPictureInPicture}
          >
            Picture in picture
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconTextCaption size={16} aria-hidden />}
          rightSection={captioned ? <IconCheck size={14} aria-hidden /> : null}
          role="menuitemcheckbox"
          aria-checked={captioned}
          closeMenuOnClick={false}
          onClick={() => savePreferences({ captioned: !captioned })}
        >
          Camera and time below snapshots
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
