import { ActionIcon, Tooltip } from '@mantine/core'
import {
  IconArrowLeft,
  IconArrowsMaximize,
  IconArrowsMinimize,
  IconChevronLeft,
  IconChevronRight,
  IconGrid3x3,
  IconGrid4x4,
  IconLayoutGrid,
  IconSquare,
  IconWand,
} from '@tabler/icons-react'
import type { Camera } from '@/api/types'
import type { Layout } from './grid'
import classes from './LiveBar.module.css'

const LAYOUTS: { layout: Layout; label: string; icon: typeof IconSquare }[] = [
  { layout: 'auto', label: 'All that fit', icon: IconWand },
  { layout: '1', label: 'One', icon: IconSquare },
  { layout: '2x2', label: '2 × 2', icon: IconLayoutGrid },
  { layout: '3x3', label: '3 × 3', icon: IconGrid3x3 },
  { layout: '4x4', label: '4 × 4', icon: IconGrid4x4 },
]

interface Props {
  layout: Layout
  onLayout: (layout: Layout) => void
  page: number
  pages: number
  onPage: (page: number) => void
  focused: Camera | undefined
  onBack: () => void
  fullScreen: boolean
  onFullScreen: () => void
}

/** The wall's tools: they lie over the pictures and go when the pointer rests. */
export function LiveBar(props: Props) {
  return (
    <header className={classes.bar}>
      {props.focused ? (
        <Tooltip label="Back to the grid (Esc)">
          <ActionIcon className={classes.tool} aria-label="Back to the grid" onClick={props.onBack}>
            <IconArrowLeft size={20} />
          </ActionIcon>
        </Tooltip>
      ) : null}
      <h1 className={classes.title}>{props.focused?.name ?? 'Live'}</h1>
      <div className={classes.tools}>
        {props.pages > 1 && (
          <div className={classes.group} role="group" aria-label="Pages of the grid">
            <ActionIcon
              className={classes.tool}
              aria-label="Page before"
              disabled={props.page === 0}
              onClick={() => props.onPage(props.page - 1)}
            >
              <IconChevronLeft size={20} />
            </ActionIcon>
            <span className="tabular">
              {props.page + 1} / {props.pages}
            </span>
            <ActionIcon
              className={classes.tool}
              aria-label="Next page"
              disabled={props.page >= props.pages - 1}
              onClick={() => props.onPage(props.page + 1)}
            >
              <IconChevronRight size={20} />
            </ActionIcon>
          </div>
        )}
        {!props.focused && (
          <div className={classes.group} role="group" aria-label="Layout">
            {LAYOUTS.map(({ layout, label, icon: Icon }) => (
              <Tooltip key={layout} label={label}>
                <ActionIcon
                  className={classes.tool}
                  aria-label={label}
                  aria-pressed={props.layout === layout}
                  onClick={() => props.onLayout(layout)}
                >
                  <Icon size={20} stroke={1.5} />
                </ActionIcon>
              </Tooltip>
            ))}
          </div>
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
