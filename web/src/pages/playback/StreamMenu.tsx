import { Menu } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import type { VodState } from '@/player/vod/state'
import type { Choice } from '@/player/vod/uplink'
import classes from './SpeedMenu.module.css'

const NAMES = { main: 'Main', sub: 'Sub' } as const
const CHOICES: [Choice, string][] = [
  ['auto', 'Auto: sub where the line is thin'],
  ['main', 'Main stream'],
  ['sub', 'Sub-stream'],
]

/** Which recording is shown, and by whose choice. */
export function StreamMenu({ state, onChoose }: { state: VodState; onChoose: (choice: Choice) => void }) {
  const { stream, choice } = state
  const shown = choice === 'auto' ? `Auto: ${NAMES[stream].toLowerCase()}` : NAMES[stream]
  return (
    <Menu position="top" portalProps={{ target: '#main' }}>
      <Menu.Target>
        <button
          type="button"
          className={classes.speed}
          aria-label={`Recording: ${shown}`}
          title="Which recording is shown"
          data-part="stream"
        >
          {shown}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {CHOICES.map(([one, name]) => (
          <Menu.Item
            key={one}
            aria-current={one === choice || undefined}
            onClick={() => onChoose(one)}
            rightSection={one === choice ? <IconCheck size={14} aria-label="chosen" /> : null}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
