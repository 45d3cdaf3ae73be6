import { ActionIcon, Tooltip } from '@mantine/core'
import { type ReactNode } from 'react'
import classes from './Transport.module.css'

interface ToolProps {
  label: string
  keys?: string
  onClick: () => void
  disabled?: boolean
  main?: boolean
  /** Whether what it opens is open. */
  pressed?: boolean
  /** On phones two fingers do the same. */
  byHand?: boolean
  children: ReactNode
}

/** A button of the player's controls. */
export function Tool({ label, keys, onClick, disabled, main, pressed, byHand, children }: ToolProps) {
  return (
    <Tooltip label={keys ? `${label} (${keys})` : label}>
      <ActionIcon
        aria-label={label}
        onClick={onClick}
        aria-pressed={pressed}
        disabled={disabled}
        variant={main ? 'filled' : pressed ? 'light' : 'subtle'}
        color={main || pressed ? 'accent' : 'gray'}
        className={classes.tool}
        data-by-hand={byHand ? '' : undefined}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
