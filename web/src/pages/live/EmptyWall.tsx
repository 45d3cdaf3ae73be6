import { Button } from '@mantine/core'
import { IconEyeOff, IconLayoutGridAdd, IconMapPinOff } from '@tabler/icons-react'
import type { Wall } from '@/api/walls'
import { Empty } from '@/parts/Notice'
import type { Content } from '@/parts/wall/content'
import classes from './LivePage.module.css'

interface Props {
  saved: Wall | null
  content: Content
  onArrange: () => void
}

/** What stands where a wall shows no camera: why, and what to do. */
export function EmptyWall({ saved, content, onArrange }: Props) {
  return <div className={classes.message}>{reason()}</div>

  function reason() {
    if (content.source === 'zone')
      return (
        <Empty icon={<IconMapPinOff size={40} stroke={1.25} />} title="This zone shows you no camera">
          It was deleted, is empty, or none of its cameras is open to you. Choose another zone above.
        </Empty>
      )
    if (saved && saved.hidden > 0)
      return (
        <Empty icon={<IconEyeOff size={40} stroke={1.25} />} title="Nothing on this wall is open to you">
          Its cameras are there, and you may not watch them. Ask an administrator of this site for a role that
          does.
        </Empty>
      )
    return (
      <Empty
        icon={<IconLayoutGridAdd size={40} stroke={1.25} />}
        title="This wall is empty"
        action={<Button onClick={onArrange}>Add cameras</Button>}
      >
        Drag cameras onto it, or choose a place and then a camera.
      </Empty>
    )
  }
}
