import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconCheck, IconLayersSubtract } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { qualitiesQuery } from '@/api/watching'
import type { StreamKind } from '@/api/types'
import { menuOf, type Quality } from '@/player/quality'
import { useLayer } from './layer'
import classes from './LiveTile.module.css'

interface Props {
  camera: string
  kind: StreamKind
  /** What is known of the camera's stream. */
  stream: { width?: number | null; height?: number | null } | null | undefined
  chosen: Quality | null
  onChoose: (quality: Quality | null) => void
}

/** Smaller pictures of the same stream, which the server makes while they are watched; for thin lines. */
export function QualityMenu({ camera, kind, stream, chosen, onChoose }: Props) {
  const [open, setOpen] = useState(false)
  const layer = useLayer()
  const offered = useQuery({ ...qualitiesQuery(camera, kind), enabled: open }).data
  const smaller = menuOf(stream?.width, stream?.height)
  if (smaller.length === 0) return null
  const rungs = smaller.filter(
    (rung) => !offered || offered.renditions.some(({ quality }) => quality === rung),
  )
  const off = offered !== undefined && offered.renditions.length === 0
  const full = offered !== undefined && !off && !offered.spare
  // What is converted already costs nothing more; whoever has one gives it back.
  const can = (quality: Quality | null) =>
    quality === null ||
    !full ||
    chosen !== null ||
    offered.renditions.some((one) => one.quality === quality && one.running)
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
            disabled={!can(quality)}
            rightSection={quality === chosen ? <IconCheck size={14} aria-hidden /> : null}
          >
            {quality ?? 'Original'}
          </Menu.Item>
        ))}
        {(off || full) && (
          <Menu.Label className={classes.why}>
            {off
              ? 'Conversion is switched off on this server.'
              : 'As many conversions run as this server allows.'}
          </Menu.Label>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
