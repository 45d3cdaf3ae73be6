import { useInViewport } from '@mantine/hooks'
import { useState, type ReactNode } from 'react'

/** Holds its place, and is filled once it has come into sight: long lists of pictures ask only for what is looked at. */
export function WhenSeen({ className, children }: { className: string; children: ReactNode }) {
  const { ref, inViewport } = useInViewport<HTMLSpanElement>()
  const [seen, setSeen] = useState(false)
  if (inViewport && !seen) setSeen(true)
  return (
    <span ref={ref} className={className}>
      {seen && children}
    </span>
  )
}
