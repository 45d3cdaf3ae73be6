import { CloseButton } from '@mantine/core'
import { IconGripVertical, IconPlus } from '@tabler/icons-react'
import type { KeyboardEvent, PointerEvent } from 'react'
import type { TileStream } from '@/api/walls'
import classes from './Arrange.module.css'
import type { Tile } from './content'

export interface PlaceActions {
  press: (event: PointerEvent, place: number) => void
  select: (place: number) => void
  key: (event: KeyboardEvent, place: number) => void
  clear: (place: number) => void
  /** Null where the page itself chooses the stream. */
  stream: ((place: number, stream: TileStream) => void) | null
}

interface Props {
  /** Over all pages. */
  place: number
  /** As people count on this page. */
  number: number
  tile: Tile | null
  camera: { name: string } | undefined
  selected: boolean
  /** Arrow keys move it. */
  held: boolean
  /** Something is dragged over it. */
  over: boolean
  actions: PlaceActions
}

/** What lies over a place while the wall is arranged: its name, a grip, and what can be done with it. */
export function ArrangePlace({ place, number, tile, camera, selected, held, over, actions }: Props) {
  const has = tile !== null && camera !== undefined
  return (
    <div
      className={classes.place}
      data-place={place}
      data-selected={selected ? '' : undefined}
      data-held={held ? '' : undefined}
      data-over={over ? '' : undefined}
      data-empty={has ? undefined : ''}
      onPointerDown={(event) => has && actions.press(event, place)}
    >
      <button
        type="button"
        className={classes.handle}
        data-handle={place}
        aria-label={`Place ${number}: ${has ? camera.name : 'empty'}`}
        aria-pressed={held}
        aria-describedby="arrange-help"
        onFocus={() => actions.select(place)}
        onClick={() => actions.select(place)}
        onKeyDown={(event) => actions.key(event, place)}
      >
        {has ? (
          <span className={classes.label} data-grip>
            <IconGripVertical size={16} aria-hidden />
            <span className={classes.cameraName}>{camera.name}</span>
          </span>
        ) : (
          <span className={classes.free}>
            <IconPlus size={20} stroke={1.5} aria-hidden />
            <span>{number}</span>
          </span>
        )}
      </button>
      {has && (
        <div className={classes.tools} data-no-drag>
          {actions.stream && (
            <select
              aria-label={`Stream of ${camera.name}`}
              value={tile.stream}
              onChange={(event) => actions.stream?.(place, event.currentTarget.value as TileStream)}
            >
              <option value="auto">Auto</option>
              <option value="main">Main</option>
              <option value="sub">Sub</option>
            </select>
          )}
          <CloseButton
            size="sm"
            className={classes.remove ?? ''}
            aria-label={`Take ${camera.name} off the wall`}
            onClick={() => actions.clear(place)}
          />
        </div>
      )}
    </div>
  )
}
