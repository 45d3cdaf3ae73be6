import { type ReactNode } from 'react'
import { useTitle } from '@/state/hooks'
import classes from './Page.module.css'

interface Props {
  title: string
  /** Stands before the title: the way back, say. */
  before?: ReactNode
  /** Beside the title, in secondary text. */
  note?: ReactNode
  /** The page's one main action, at the right. */
  actions?: ReactNode
  /** Pages of forms and texts are held to a readable width. */
  width?: 'full' | 'wide' | 'text'
  /** As high as the screen: what is in it scrolls by itself, and the page does not. */
  fit?: boolean
  children: ReactNode
}

/** A page with its top bar. */
export function Page({ title, before, note, actions, width = 'wide', fit = false, children }: Props) {
  useTitle(title)
  return (
    <div className={classes.page} data-fit={fit ? '' : undefined}>
      <header className={classes.bar}>
        {before}
        <h1 className={classes.title}>{title}</h1>
        {note && <div className={classes.note}>{note}</div>}
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      <div className={classes.body} data-width={width}>
        {children}
      </div>
    </div>
  )
}
