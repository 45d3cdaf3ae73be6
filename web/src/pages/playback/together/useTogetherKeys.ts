import { useEffect } from 'react'
import { isTyping } from '@/frame/keys'
import { actOnKey, type PlaybackActions } from '../actions'

/** What the keys do that one camera has no use for; each says whether it did something. */
interface GridKeys {
  /** 0 for the key 1. */
  tile: (index: number) => boolean
  back: () => boolean
  page: (by: number) => boolean
  arrange: () => boolean
}

export function useTogetherKeys(
  player: { rate: number; playing: boolean },
  actions: PlaybackActions,
  grid: GridKeys,
): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (document.querySelector('[role="dialog"], [role="menu"]')) return
      // A focused button keeps its own space bar.
      if (event.key === ' ' && event.target instanceof Element && event.target.closest('button, a')) return
      if (actOnGrid(event.key.toLowerCase(), grid) || actOnKey(event, player, actions)) event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
}

function actOnGrid(key: string, grid: GridKeys): boolean {
  if (/^[1-9]$/.test(key)) return grid.tile(Number(key) - 1)
  switch (key) {
    case 'escape':
      return grid.back()
    case 'pageup':
      return grid.page(-1)
    case 'pagedown':
      return grid.page(1)
    case 'a':
      return grid.arrange()
    default:
      return false
  }
}
