import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'

/** The end of a list that goes on: more is asked for when it comes into sight, or by the button. */
export function MoreRows({ more, busy, onMore }: { more: boolean; busy: boolean; onMore: () => void }) {
  const end = useRef<HTMLDivElement>(null)
  const ask = useRef(onMore)
  useEffect(() => {
    ask.current = onMore
  })
  useEffect(() => {
    if (!more || busy || !end.current) return
    const watcher = new IntersectionObserver(
      (seen) => {
        if (seen.some((one) => one.isIntersecting)) ask.current()
      },
      { rootMargin: '400px' },
    )
    watcher.observe(end.current)
    return () => watcher.disconnect()
  }, [more, busy])
  if (!more) return null
  return (
    <div ref={end} style={{ display: 'flex', justifyContent: 'center' }}>
      <Button variant="default" loading={busy} onClick={onMore}>
        Show more
      </Button>
    </div>
  )
}
