import { ActionIcon, Indicator, Popover } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { IconBell, IconCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useStorage } from '@/access/useStorage'
import { camerasQuery, systemQuery } from '@/api/queries'
import { StateMark } from '@/parts/StateMark'
import { useNow, useZone } from '@/state/hooks'
import { troubles } from '@/words/attention'
import { moment } from '@/words/format'
import classes from './Attention.module.css'

/** The bell: everything that is not as it should be, now. */
export function Attention() {
  const cameras = useQuery(camerasQuery).data
  const storage = useStorage().data
  const system = useQuery(systemQuery).data
  const now = useNow(5000)
  const zone = useZone()
  const [open, setOpen] = useState(false)
  const found = troubles(cameras ?? [], storage?.volumes ?? [], system, now)
  const serious = found.filter((item) => item.tone !== 'live')
  const label = serious.length ? `Attention: ${serious.length}` : 'Attention: nothing'
  return (
    <Popover opened={open} onChange={setOpen} position="right-end" width={360} withinPortal trapFocus>
      <Indicator
        label={serious.length > 99 ? '99+' : serious.length}
        disabled={serious.length === 0}
        size={16}
        offset={6}
        color="red"
        fz={10}
      >
        <Popover.Target>
          <ActionIcon size={40} aria-label={label} onClick={() => setOpen(!open)}>
            <IconBell size={20} stroke={1.75} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0} aria-labelledby="attention-title">
        <div className={classes.head}>
          <h2 id="attention-title">Needs attention</h2>
        </div>
        {found.length === 0 && (
          <div className={classes.none}>
            <IconCheck size={16} aria-hidden /> Everything is as it should be.
          </div>
        )}
        <ul className={classes.list}>
          {found.map((item) => (
            <li key={item.key} className={classes.item}>
              <StateMark tone={item.tone} />
              <div>
                <div>
                  {item.to ? (
                    <Link to={item.to} onClick={() => setOpen(false)} className={classes.link}>
                      {item.title}
                    </Link>
                  ) : (
                    <strong>{item.title}</strong>
                  )}
                </div>
                <div className="meta">
                  {item.text}
                  {item.since !== null && (
                    <>
                      {' '}
                      Since <time>{moment(item.since, zone, now)}</time>.
                    </>
                  )}
                </div>
              </div>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  )
}
