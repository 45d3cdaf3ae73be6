import { Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useAccess } from '@/access/useAccess'
import { Attention } from './Attention'
import { Logo } from './Logo'
import { pagesFor } from './pages'
import classes from './Rail.module.css'
import { UserMenu } from './UserMenu'

// What a phone's bar has room for beside bell and person; the others are in the person's menu.
const ON_A_PHONE = 4

/** The left rail; on phones the bar at the bottom. */
export function Rail() {
  const { me } = useAccess()
  const phone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const pages = pagesFor(me)
  // Without a person's menu everything stays in the bar.
  const shown = phone && me.user ? pages.slice(0, ON_A_PHONE) : pages
  return (
    <nav className={classes.rail} aria-label="Pages">
      <div className={classes.logo} aria-hidden>
        <Logo />
      </div>
      <ul className={classes.list}>
        {shown.map(({ to, label, icon: Icon }) => (
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
        <div id="user-menu">
          <UserMenu overflow={phone ? ON_A_PHONE : null} />
        </div>
      </div>
    </nav>
  )
}
