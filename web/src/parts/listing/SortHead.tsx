import { Table } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconSelector } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Order } from './arrange'
import classes from './SortHead.module.css'

interface Props {
  /** The column's name in the order. */
  by: string
  order: Order
  onSort: (by: string) => void
  className?: string | undefined
  children: ReactNode
}

/** The head of a column that the list can be sorted by. */
export function SortHead({ by, order, onSort, className, children }: Props) {
  const here = order.by === by
  const Sign = !here ? IconSelector : order.down ? IconArrowDown : IconArrowUp
  return (
    <Table.Th
      className={className ?? ''}
      aria-sort={here ? (order.down ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className={classes.head}
        data-here={here ? '' : undefined}
        onClick={() => onSort(by)}
      >
        {children}
        <Sign size={14} aria-hidden />
      </button>
    </Table.Th>
  )
}
