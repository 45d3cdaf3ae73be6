import { useRef } from 'react'
import classes from './Splitter.module.css'

interface Props {
  /** Height of what is below, pixels. */
  value: number
  min: number
  max: number
  label: string
  onChange: (value: number) => void
}

/** A bar between two areas that is dragged, or moved by the arrow keys. */
export function Splitter({ value, min, max, label, onChange }: Props) {
  const grabbed = useRef<{ y: number; value: number } | null>(null)
  const set = (next: number) => onChange(Math.round(Math.min(max, Math.max(min, next))))
  return (
    <div
      className={classes.splitter}
      role="separator"
      aria-orientation="horizontal"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        grabbed.current = { y: event.clientY, value }
      }}
      onPointerMove={(event) => {
        if (grabbed.current) set(grabbed.current.value + grabbed.current.y - event.clientY)
      }}
      onPointerUp={() => (grabbed.current = null)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
        event.preventDefault()
        event.stopPropagation()
        set(value + (event.key === 'ArrowUp' ? 28 : -28))
      }}
    />
  )
}
