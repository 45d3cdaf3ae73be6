import { Menu } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import type { WallZone } from '@/api/walls'
import type { Content } from '@/parts/wall/content'
import classes from './LiveBar.module.css'

interface Props {
  zones: readonly WallZone[]
  content: Content
  onZone: (zone: string | null) => void
}

/** Which cameras are shown: all, those of a zone, or what was arranged by hand. */
export function ZonePicker({ zones, content, onZone }: Props) {
  if (zones.length === 0) return null
  const zone = zones.find(({ id }) => id === content.zone)
  const label = content.source === 'tiles' ? 'Chosen cameras' : (zone?.name ?? 'All zones')
  const mark = (on: boolean) => <IconCheck size={16} visibility={on ? 'visible' : 'hidden'} aria-hidden />
  return (
    <div className={classes.group}>
      <Menu position="bottom-end" portalProps={{ target: '#main' }}>
        <Menu.Target>
          <button type="button" className={classes.text} aria-label={`Zone: ${label}`}>
            <span className={classes.short}>{label}</span>
            <IconChevronDown size={16} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown className={classes.menu ?? ''}>
          <Menu.Item leftSection={mark(content.source === 'all')} onClick={() => onZone(null)}>
            All zones
          </Menu.Item>
          <Menu.Divider />
          {zones.map(({ id, name, cameras }) => (
            <Menu.Item
              key={id}
              leftSection={mark(content.source === 'zone' && id === content.zone)}
              rightSection={<span className="meta tabular">{cameras.length}</span>}
              onClick={() => onZone(id)}
            >
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
