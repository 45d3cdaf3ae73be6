import { ActionIcon, Popover, Tooltip } from '@mantine/core'
import {
  IconArrowLeft,
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconChevronLeft,
  IconChevronRight,
  IconLayoutGridAdd,
} from '@tabler/icons-react'
import type { Camera } from '@/api/types'
import type { Layout, WallZone } from '@/api/walls'
import type { Content } from '@/parts/wall/content'
import { LayoutButtons, LayoutIcon } from '@/parts/wall/LayoutButtons'
import classes from './LiveBar.module.css'
import { SequenceControl } from './SequenceControl'
import type { OpenWall } from './useWall'
import { WallMenu } from './WallMenu'
import { ZonePicker } from './ZonePicker'

// Below this the layouts are behind one button.
const ROOMY_PX = 1000

interface Props {
  open: OpenWall
  zones: readonly WallZone[]
  width: number
  page: number
  pages: number
  left: number | null
  focused: Camera | undefined
  arranging: boolean
  fullScreen: boolean
  onOpen: (id: string | null) => void
  onChange: (change: Partial<Content>) => void
  onPage: (page: number) => void
  onBack: () => void
  onArrange: () => void
  onFullScreen: () => void
}

/** The wall's tools: they lie over the pictures and go when the pointer rests. */
export function LiveBar(props: Props) {
  const { open, focused, arranging, pages, page } = props
  const { content } = open
  const chooseLayout = (layout: Layout) => props.onChange({ layout })
  const layouts = <LayoutButtons layout={content.layout} classes={classes} onLayout={chooseLayout} />
  return (
    <header className={classes.bar} data-stays={arranging ? '' : undefined}>
      {focused && (
        <Tooltip label="Back to the grid (Esc)">
          <ActionIcon className={classes.tool} aria-label="Back to the grid" onClick={props.onBack}>
            <IconArrowLeft size={20} />
          </ActionIcon>
        </Tooltip>
      )}
      <h1 className={classes.title}>{focused?.name ?? 'Live'}</h1>
      {!focused && <WallMenu open={open} zones={props.zones} onOpen={props.onOpen} />}
      <div className={classes.tools}>
        {!focused && (
          <>
            {pages > 1 && (
              <div className={classes.group} role="group" aria-label="Pages of the grid">
                <ActionIcon
                  className={classes.tool}
                  aria-label="Page before"
                  disabled={page === 0}
                  onClick={() => props.onPage(page - 1)}
                >
                  <IconChevronLeft size={20} />
                </ActionIcon>
                <span className="tabular">
                  {page + 1} / {pages}
                </span>
                <ActionIcon
                  className={classes.tool}
                  aria-label="Next page"
                  disabled={page >= pages - 1}
                  onClick={() => props.onPage(page + 1)}
                >
                  <IconChevronRight size={20} />
                </ActionIcon>
                {!arranging && (
                  <SequenceControl
                    on={content.sequence}
                    left={props.left}
                    seconds={content.seconds}
                    onToggle={() => props.onChange({ sequence: !content.sequence })}
                    onSeconds={(seconds) => props.onChange({ seconds })}
                  />
                )}
              </div>
            )}
            <ZonePicker
              zones={props.zones}
              content={content}
              onZone={(zone) => props.onChange({ source: zone ? 'zone' : 'all', zone, tiles: [] })}
            />
            {props.width >= ROOMY_PX ? (
              layouts
            ) : (
              <Popover position="bottom-end" portalProps={{ target: '#main' }} trapFocus>
                <Popover.Target>
                  <ActionIcon className={classes.tool} aria-label="Layout">
                    <LayoutIcon layout={content.layout} />
                  </ActionIcon>
                </Popover.Target>
                <Popover.Dropdown className={classes.layouts ?? ''}>{layouts}</Popover.Dropdown>
              </Popover>
            )}
            <Tooltip label={arranging ? 'Finish arranging (A)' : 'Arrange (A)'}>
              <ActionIcon
                className={classes.tool}
                aria-label="Arrange"
                aria-pressed={arranging}
                onClick={props.onArrange}
              >
                <IconLayoutGridAdd size={20} stroke={1.5} />
              </ActionIcon>
            </Tooltip>
          </>
        )}
        <Tooltip label={props.fullScreen ? 'Leave full screen (F)' : 'Full screen (F)'}>
          <ActionIcon
            className={classes.tool}
            aria-label={props.fullScreen ? 'Leave full screen' : 'Full screen'}
            onClick={props.onFullScreen}
          >
            {props.fullScreen ? <IconArrowsMinimize size={20} /> : <IconArrowsMaximize size={20} />}
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  )
}
