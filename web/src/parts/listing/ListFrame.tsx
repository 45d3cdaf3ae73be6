import type { ReactNode } from 'react'
import { count } from '@/words/format'
import { MoreRows } from '../MoreRows'
import { NothingFound } from './NothingFound'
import { SearchField } from './SearchField'
import classes from './ListFrame.module.css'
import type { Listing } from './useListing'

interface Props<T> {
  list: Listing<T>
  /** One of what is listed: `zone`. */
  what: string
  /** What is searched. */
  placeholder: string
  /** The table, of what `list` shows. */
  children: ReactNode
}

/** A list with its search before it, how many match, and the way to the rest of them. */
export function ListFrame<T>({ list, what, placeholder, children }: Props<T>) {
  const clear = () => list.setQ('')
  return (
    <>
      <div className={classes.tools}>
        <SearchField label={`Find a ${what}`} placeholder={placeholder} value={list.q} onChange={list.setQ} />
        {list.q && list.found > 0 && (
          <span role="status" className={classes.found}>
            {count(list.found, what)} found
          </span>
        )}
      </div>
      {list.found === 0 ? <NothingFound what={what} q={list.q} onClear={clear} /> : children}
      <MoreRows more={list.more} busy={false} onMore={list.showMore} />
    </>
  )
}
