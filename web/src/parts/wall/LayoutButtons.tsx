import { ActionIcon, Tooltip } from '@mantine/core'
import { IconWand } from '@tabler/icons-react'
import type { Layout } from '@/api/walls'
import { LAYOUT_WORDS, LAYOUTS, picture } from './grid'

const SIZE = 20

/** A layout as a little picture of itself. */
export function LayoutIcon({ layout }: { layout: Layout }) {
  if (layout === 'auto') return <IconWand size={SIZE} stroke={1.5} aria-hidden />
  const { side, cells } = picture(layout)
  const step = (SIZE - 2) / side
  const gap = side > 4 ? 0.9 : 1.5
  return (
    <svg width={SIZE} height={SIZE} viewBox={`0 0 ${SIZE} ${SIZE}`} aria-hidden>
      {cells.map(({ column, row, span }) => (
        <rect
          key={`${column} ${row}`}
          x={1 + column * step + gap / 2}
          y={1 + row * step + gap / 2}
          width={span * step - gap}
          height={span * step - gap}
          rx={side > 3 ? 0 : 1}
          fill="currentColor"
        />
      ))}
    </svg>
  )
}

interface Props {
  layout: Layout
  /** Those to choose from. */
  layouts?: readonly Layout[]
  classes: { group?: string | undefined; tool?: string | undefined }
  onLayout: (layout: Layout) => void
}

export function LayoutButtons({ layout, layouts = LAYOUTS, classes, onLayout }: Props) {
  return (
    <div className={classes.group} role="group" aria-label="Layout">
      {layouts.map((one) => (
        <Tooltip key={one} label={LAYOUT_WORDS[one]}>
          <ActionIcon
            className={classes.tool ?? ''}
            aria-label={LAYOUT_WORDS[one]}
            aria-pressed={layout === one}
            onClick={() => onLayout(one)}
          >
            <LayoutIcon layout={one} />
          </ActionIcon>
        </Tooltip>
      ))}
    </div>
  )
}
