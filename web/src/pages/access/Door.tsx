import type { ReactNode } from 'react'
import { Logo } from '@/frame/Logo'
import { useTitle } from '@/state/hooks'
import classes from './Door.module.css'

/** A page before the app: one card in the middle. */
export function Door({ title, intro, children }: { title: string; intro?: ReactNode; children: ReactNode }) {
  useTitle(title)
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <div className={classes.brand}>
          <Logo size={28} />
          <span>Vedette</span>
        </div>
        <div className={classes.card}>
          <div className={classes.head}>
            <h1>{title}</h1>
            {intro && <p>{intro}</p>}
          </div>
          {children}
        </div>
      </div>
    </main>
  )
}
