import { useMediaQuery } from '@mantine/hooks'
import { useState, type FocusEvent } from 'react'

/**
 * Whether somebody points at an element or has the keyboard in it. Tools of 64 tiles that nobody sees cost more than their
 * pictures: they are there when they are wanted, on touch screens always.
 */
export function useAttended() {
  const touch = useMediaQuery('(hover: none)', false, { getInitialValueInEffect: false })
  const [pointed, setPointed] = useState(false)
  const [entered, setEntered] = useState(false)
  return {
    attended: touch || pointed || entered,
    handlers: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setEntered(true),
      onBlur: (event: FocusEvent) => setEntered(event.currentTarget.contains(event.relatedTarget)),
    },
  }
}
