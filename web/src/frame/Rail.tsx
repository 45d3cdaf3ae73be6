import { Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Attention } from './Attention'
import { Logo } from './Logo'
import { PAGES } from './pages'
import classes from './Rail.module.css'

/** The left rail; on phones the bar at the bottom. */
export function Rail() {
  return (
    <nav className={classes.rail} aria-label="Pages">
      <div className={classes.logo} aria-hidden>
        <Logo />
      </div>
      <ul className={classes.list}>
        {PAGES.map(({ to, label, icon: Icon }) => (
          <li key={to}>
            <Tooltip label={label} position="right" openDelay={150}>
              <Link to={to} className={classes.item} aria-label={label} activeOptions={{ exact: to === '/' }}>
                <Icon size={20} stroke={1.75} aria-hidden />
                <span className={classes.label} aria-hidden>
                  {label}
                </span>
              </Link>
            </Tooltip>
          </li>
        ))}
      </ul>
      <div className={classes.foot}>
        <Attention />
      </div>
    </nav>
  )
}
