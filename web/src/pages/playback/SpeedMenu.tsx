import { Menu } from '@mantine/core'
import classes from './SpeedMenu.module.css'
import { SPEEDS, speedName } from './speeds'

/** All speeds, backwards on the left and forwards on the right. */
export function SpeedMenu({ rate, onRate }: { rate: number; onRate: (rate: number) => void }) {
  return (
    <Menu position="top" portalProps={{ target: '#main' }}>
      <Menu.Target>
        <button type="button" className={classes.speed} aria-label={`Speed ${speedName(rate)}`}>
          {speedName(rate)}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.speeds}>
          {SPEEDS.flatMap((speed) => [-speed, speed]).map((speed) => (
            <Menu.Item
              key={speed}
              className={classes.one}
              aria-current={speed === rate || undefined}
              onClick={() => onRate(speed)}
            >
              {speedName(speed)}
            </Menu.Item>
          ))}
        </div>
      </Menu.Dropdown>
    </Menu>
  )
}
