import { useEffect, useRef } from 'react'
import { isTyping } from '@/frame/keys'

/** What the keys of the wall do; each says whether it did something. */
export interface WallKeys {
  /** 0 for the key 1. */
  tile: (index: number) => boolean
  back: () => boolean
  page: (by: number) => boolean
  fullScreen: () => boolean
  mute: () => boolean
  snapshot: () => boolean
  arrange: () => boolean
  sequence: () => boolean
}

export function useWallKeys(keys: WallKeys): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return
      // A dialog or menu has its own keys.
      if (event.target instanceof Element && event.target.closest('[role=dialog], [role=menu]')) return
      if (act(latest.current, event.key.toLowerCase())) event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

function act(keys: WallKeys, key: string): boolean {
  if (/^[1-9]$/.test(key)) return keys.tile(Number(key) - 1)
  switch (key) {
    case 'escape':
      return keys.back()
    case 'pageup':
      return keys.page(-1)
    case 'pagedown':
      return keys.page(1)
    case 'f':
      return keys.fullScreen()
    case 'm':
      return keys.mute()
    case 's':
      return keys.snapshot()
    case 'a':
      return keys.arrange()
    case 'p':
      return keys.sequence()
    default:
      return false
  }
}
