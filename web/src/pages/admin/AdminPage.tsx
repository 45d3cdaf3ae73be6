import { Link } from '@tanstack/react-router'
import { useEffect, useRef, type ComponentProps } from 'react'
import { useAccess } from '@/access/useAccess'
import { Page } from '@/parts/Page'
import classes from './AdminPage.module.css'
import { TABS } from './tabs'

/** A page of the administration, with the way to the others. */
export function AdminPage({ children, ...page }: ComponentProps<typeof Page>) {
  const { may } = useAccess()
  const tabs = useRef<HTMLElement>(null)
  useEffect(() => {
    // On a phone not all of them have room: the one that is open is in sight.
    tabs.current
      ?.querySelector('[data-status=active]')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [])
  return (
    <Page {...page}>
      <nav ref={tabs} className={classes.tabs} aria-label="Administration">
        {TABS.filter(({ needs }) => may(needs)).map(({ to, label }) => (
          <Link key={to} to={to} className={classes.tab}>
            {label}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  )
}
