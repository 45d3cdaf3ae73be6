import { Link } from '@tanstack/react-router'
import type { ComponentProps } from 'react'
import { Page } from '@/parts/Page'
import tabs from '../admin/AdminPage.module.css'

const PAGES = [
  { to: '/recordings', label: 'Recordings' },
  { to: '/recordings/gaps', label: 'Gaps' },
  { to: '/coverage', label: 'Coverage' },
] as const

/** What is recorded, what is not, and how much that is: a page with the way to the others. */
export function FootagePage({ children, ...page }: ComponentProps<typeof Page>) {
  return (
    <Page {...page}>
      <nav className={tabs.tabs} aria-label="Footage">
        {PAGES.map(({ to, label }) => (
          <Link key={to} to={to} className={tabs.tab} activeOptions={{ exact: true, includeSearch: false }}>
            {label}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  )
}
