import { Outlet, useRouterState } from '@tanstack/react-router'
import { IconPlugConnectedX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { LiveSearch } from '@/router'
import { useServerEvents } from '@/api/useServerEvents'
import classes from './Frame.module.css'
import { Rail } from './Rail'
import { Shortcuts } from './Shortcuts'

/** Everything around a page: the one of the address unless another is given. */
export function Frame({ children }: { children?: ReactNode }) {
  const link = useServerEvents()
  // A screen that nobody touches shows its wall and nothing around it.
  const bare = useRouterState({
    select: ({ location }) => location.pathname === '/live' && (location.search as LiveSearch).kiosk === 1,
  })
  return (
    <div className={classes.frame} data-bare={bare ? '' : undefined}>
      {!bare && (
        <>
          <a href="#main" className={classes.skip}>
            Skip to the page
          </a>
          <Rail />
        </>
      )}
      <div className={classes.side}>
        {link === 'lost' && (
          <div className={classes.lost} role="status">
            <IconPlugConnectedX size={16} aria-hidden />
            No connection to Vedette. What you see may be old; it reconnects by itself.
          </div>
        )}
        {link === 'refused' && (
          <div className={classes.lost} role="status">
            <IconPlugConnectedX size={16} aria-hidden />
            Vedette does not send this page what happens. What you see is renewed once a minute.
          </div>
        )}
        <main id="main" className={classes.main} tabIndex={-1}>
          {children ?? <Outlet />}
        </main>
      </div>
      <Shortcuts />
    </div>
  )
}
