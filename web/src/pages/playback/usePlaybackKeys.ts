import { useEffect } from 'react'
import { isTyping } from '@/frame/keys'
import { actOnKey, type PlaybackActions } from './actions'

/** The page's keys, wherever the focus is but in a field, a dialog or a menu. */
export function usePlaybackKeys(
  player: { rate: number; playing: boolean } | null,
  actions: PlaybackActions,
): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (document.querySelector('[role="dialog"], [role="menu"]')) return
      // A focused button keeps its own space bar, a focused slider its arrows.
      const { target } = event
      if (event.key === ' ' && target instanceof Element && target.closest('button, a')) return
      if (event.key.startsWith('Arrow') && target instanceof Element && target.closest('[data-own-arrows]'))
        return
      if (actOnKey(event, player ?? { rate: 1, playing: false }, actions)) event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
}
