import { type ReactNode } from 'react'
import classes from './Chip.module.css'

/** A short name among others: a role, a group, a permission. */
export function Chip({ tone, children }: { tone?: 'degraded' | 'quiet'; children: ReactNode }) {
  return (
    <span className={classes.chip} data-tone={tone}>
      {children}
    </span>
  )
}
