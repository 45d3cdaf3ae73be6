import { useEffect, useRef } from 'react'
import type { Camera } from '@/api/types'

interface Given {
  focused: Camera | undefined
  /** The page fills the screen. */
  full: boolean
  toggle: () => void
  focus: (camera: Camera | undefined) => void
}

/**
 * One camera over the whole screen, and back to where it came from. The page fills the screen, not the tile: its keys, menus
 * and messages go on working, and the camera alone shows its main stream.
 */
export function useTileFullScreen({ focused, full, toggle, focus }: Given): (camera: Camera) => void {
  // The camera that left the wall for the whole screen, and whether the wall had it before.
  const from = useRef<{ slug: string; full: boolean } | null>(null)
  const was = useRef(full)
  useEffect(() => {
    if (was.current && !full && from.current) {
      if (focused?.slug === from.current.slug) focus(undefined)
      from.current = null
    }
    was.current = full
  })
  return (camera) => {
    if (!focused) {
      from.current = { slug: camera.slug, full }
      focus(camera)
      if (!full) toggle()
    } else if (full && from.current?.full && from.current.slug === focused.slug) {
      from.current = null
      focus(undefined)
    } else toggle()
  }
}
