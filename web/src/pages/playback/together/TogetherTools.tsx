import { ActionIcon, Button, Popover, Tooltip } from '@mantine/core'
import { useViewportSize } from '@mantine/hooks'
import { IconArrowLeft, IconLayoutGridAdd } from '@tabler/icons-react'
import type { Layout } from '@/api/walls'
import { LayoutButtons, LayoutIcon } from '@/parts/wall/LayoutButtons'
import { SYNC_LAYOUTS } from './address'
import classes from './Together.module.css'

interface Props {
  layout: Layout
  arranging: boolean
  /** The name of the camera that is shown alone. */
  focused: string | undefined
  onLayout: (layout: Layout) => void
  onArranging: (arranging: boolean) => void
  onBack: () => void
}

// Below this the layouts are behind one button.
const ROOMY_PX = 1280

/** How several cameras stand, and who they are. */
export function TogetherTools({ layout, arranging, focused, onLayout, onArranging, onBack }: Props) {
  const { width } = useViewportSize()
  if (focused !== undefined)
    return (
      <Button variant="default" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={onBack}>
        Back to all
      </Button>
    )
  const layouts = (
    <LayoutButtons layout={layout} layouts={SYNC_LAYOUTS} classes={classes} onLayout={onLayout} />
  )
  return (
    <>
      {width >= ROOMY_PX ? (
        layouts
      ) : (
        <Popover position="bottom-end" trapFocus>
          <Popover.Target>
            <ActionIcon aria-label="Layout" className={classes.tool ?? ''}>
              <LayoutIcon layout={layout} />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown className={classes.layouts ?? ''}>{layouts}</Popover.Dropdown>
        </Popover>
      )}
      <Tooltip label={arranging ? 'Finish arranging (A)' : 'Choose and arrange cameras (A)'}>
        <ActionIcon
          className={classes.tool ?? ''}
          aria-label="Arrange"
          aria-pressed={arranging}
          onClick={() => onArranging(!arranging)}
        >
          <IconLayoutGridAdd size={20} stroke={1.5} />
        </ActionIcon>
      </Tooltip>
    </>
  )
}
