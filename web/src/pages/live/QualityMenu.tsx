import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconCheck, IconLayersSubtract } from '@tabler/icons-react'
import { useState } from 'react'
import { menuOf, type Quality } from '@/player/quality'
import { useLayer } from './layer'
import classes from './LiveTile.module.css'

interface Props {
  /** What is known of the camera's stream. */
  stream: { width?: number | null; height?: number | null } | null | undefined
  chosen: Quality | null
  onChoose: (quality: Quality | null) => void
}

/** Smaller pictures of the same stream, which the server makes while they are watched; for thin lines. */
export function QualityMenu({ stream, chosen, onChoose }: Props) {
  const [open, setOpen] = useState(false)
  const layer = useLayer()
  const rungs = menuOf(stream?.width, stream?.height)
  if (rungs.length === 0) return null
  return (
    <Menu position="top-end" portalProps={layer} opened={open} onChange={setOpen}>
      <Menu.Target>
        <Tooltip label="Quality" portalProps={layer} disabled={open}>
          <ActionIcon variant="transparent" className={classes.control} aria-label="Quality">
            <IconLayersSubtract size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {[null, ...rungs].map((quality) => (
          <Menu.Item
            key={quality ?? 'original'}
            onClick={() => onChoose(quality)}
            aria-current={quality === chosen}
            rightSection={quality === chosen ? <IconCheck size={14} aria-hidden /> : null}
          >
            {quality ?? 'Original'}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
