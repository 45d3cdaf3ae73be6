import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { IconChevronDown, IconLayoutGrid } from '@tabler/icons-react'
import { wallsQuery, wallZonesQuery, type Layout, type Wall } from '@/api/walls'
import { contentOf, placesOf } from '@/parts/wall/content'
import { count } from '@/words/format'
import type { Reviewed } from '../reviewed'
import { layoutFor, MOST_CAMERAS } from './address'

export interface Chosen {
  /** Slug by place. */
  places: (string | null)[]
  layout: Layout
}

interface Props {
  cameras: readonly Reviewed[]
  /** How many are shown together; null while one is. */
  shown: number | null
  onOne: () => void
  onArrange: () => void
  onChoose: (chosen: Chosen) => void
}

/** One camera or several: all of them, those of a saved wall, or chosen by hand. */
export function WallChoice({ cameras, shown, onOne, onArrange, onChoose }: Props) {
  const walls = useQuery(wallsQuery).data ?? []
  const zones = useQuery(wallZonesQuery).data ?? []
  const present = cameras.filter(({ removed }) => !removed)
  const choose = (ids: readonly (string | null)[], layout: Layout, name: string) => {
    const slugs = ids.map((id) => present.find((camera) => camera.id === id)?.slug ?? null)
    const places = firstCameras(slugs)
    const all = slugs.filter(Boolean).length
    if (all === 0) notifications.show({ message: `${name} has no camera whose footage you may watch.` })
    else onChoose({ places, layout: layoutFor(layout) })
    if (all > MOST_CAMERAS)
      notifications.show({
        message: `Playback shows ${MOST_CAMERAS} cameras together: the first ${MOST_CAMERAS} of ${name}’s ${all}.`,
      })
  }
  const open = (wall: Wall) => {
    const content = contentOf(wall)
    const ids = present.map(({ id }) => id)
    choose(
      placesOf(content, ids, zones).map((tile) => tile?.camera ?? null),
      content.layout,
      wall.name,
    )
  }
  const group = (label: string, own: boolean) => {
    const found = walls.filter((wall) => wall.own === own)
    if (found.length === 0) return null
    return (
      <>
        <Menu.Label>{label}</Menu.Label>
        {found.map((wall) => (
          <Menu.Item key={wall.id} onClick={() => open(wall)}>
            {wall.name}
          </Menu.Item>
        ))}
      </>
    )
  }
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconLayoutGrid size={16} aria-hidden />}
          rightSection={<IconChevronDown size={16} aria-hidden />}
        >
          {shown === null ? 'Several' : count(shown, 'camera')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {shown !== null && <Menu.Item onClick={onOne}>One camera</Menu.Item>}
        <Menu.Item onClick={onArrange}>Choose cameras…</Menu.Item>
        <Menu.Item
          onClick={() =>
            choose(
              present.map(({ id }) => id),
              'auto',
              'All cameras',
            )
          }
        >
          All cameras
        </Menu.Item>
        {group('Your walls', true)}
        {group('Shared with you', false)}
      </Menu.Dropdown>
    </Menu>
  )
}

/** The places up to the last camera that playback takes. */
function firstCameras(slugs: readonly (string | null)[]): (string | null)[] {
  let left = MOST_CAMERAS
  const end = slugs.findIndex((slug) => slug !== null && left-- === 0)
  return end < 0 ? [...slugs] : slugs.slice(0, end)
}
