import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import classes from './LiveBar.module.css'

const CHOICES = [5, 10, 15, 20, 30, 60, 120]

interface Props {
  on: boolean
  /** Of the page that is shown; null while it stands still. */
  left: number | null
  seconds: number
  onToggle: () => void
  onSeconds: (seconds: number) => void
}

/** Pages that follow each other by themselves. */
export function SequenceControl({ on, left, seconds, onToggle, onSeconds }: Props) {
  const label = on ? 'Stop the sequence (P)' : 'Start the sequence (P)'
  return (
    <>
      <Tooltip label={label}>
        <ActionIcon className={classes.tool} aria-label={label} aria-pressed={on} onClick={onToggle}>
          {on ? <IconPlayerPause size={20} stroke={1.5} /> : <IconPlayerPlay size={20} stroke={1.5} />}
        </ActionIcon>
      </Tooltip>
      <Menu position="bottom-end" portalProps={{ target: '#main' }}>
        <Menu.Target>
          <button type="button" className={classes.text} aria-label={`Each page ${seconds} s. Change`}>
            <span className="tabular" data-part="left">
              {left ?? seconds} s
            </span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Each page</Menu.Label>
          {CHOICES.map((one) => (
            <Menu.Item key={one} onClick={() => onSeconds(one)} aria-current={one === seconds}>
              {one < 60 ? `${one} s` : `${one / 60} min`}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
