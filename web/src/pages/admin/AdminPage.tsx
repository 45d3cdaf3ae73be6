import { Link } from '@tanstack/react-router'
import { useEffect, useRef, type ComponentProps } from 'react'
import { useAccess } from '@/access/useAccess'
import { ADMIN_PAGES } from '@/frame/pages'
import { Page } from '@/parts/Page'
import classes from './AdminPage.module.css'

/** A page of the administration, with the way to the others. */
export function AdminPage({ children, ...page }: ComponentProps<typeof Page>) {
  const { may } = useAccess()
  const open = ADMIN_PAGES.filter(({ needs }) => needs.some((permission) => may(permission)))
  const tabs = useRef<HTMLElement>(null)
  useEffect(() => {
    // On a phone not all of them have room: the one that is open is in sight.
    tabs.current
      ?.querySelector('[data-status=active]')
      ?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [])
  return (
    <Page {...page}>
      {/* Everybody has tokens of their own; who may see nothing else here needs no way to it. */}
      {open.length > 0 && (
        <nav ref={tabs} className={classes.tabs} aria-label="Administration">
          {open.map(({ to, label }) => (
            <Link key={to} to={to} className={classes.tab}>
              {label}
            </Link>
          ))}
        </nav>
      )}
      {children}
    </Page>
  )
}
