import { useRef, useState, type KeyboardEvent } from 'react'
import { clear, put, swap, withStream, type Content, type Places } from './content'
import { neighbour, type Grid } from './grid'
import type { WallCamera } from './camera'
import { useCarry } from './useCarry'
import type { PlaceActions } from './ArrangePlace'

interface Given {
  content: Content
  places: Places
  cameras: readonly WallCamera[]
  grid: Grid
  /** The first place of the page. */
  first: number
  change: (content: Content) => void
  onClose: () => void
  /** The place to begin with. */
  begin?: number
}

/** Arranging by pointer and by keyboard, and what is said of it to who does not see it. */
export function useArrange({ content, places, cameras, grid, first, change, onClose, begin = 0 }: Given) {
  const [selected, setSelected] = useState<number | null>(null)
  // A tile that the arrow keys move, and how the wall was before.
  const [held, setHeld] = useState<{ before: Content; from: number } | null>(null)
  const [said, setSaid] = useState('')
  const search = useRef<HTMLInputElement>(null)
  const at = Math.min(Math.max(selected ?? begin, first), first + grid.tiles - 1)
  const nameOf = (id: string | undefined) => cameras.find((camera) => camera.id === id)?.name ?? ''
  const nameAt = (place: number) => nameOf(places[place]?.camera)
  const number = (place: number) => place - first + 1

  const { carrying, press } = useCarry(({ camera, from }, place) => {
    change(from === null ? put(content, places, place, camera) : swap(content, places, from, place))
    setSelected(place)
    setSaid(`${nameOf(camera)} is on place ${number(place)}.`)
  })

  const focus = (place: number) => {
    setSelected(place)
    // It may be drawn only after this change.
    window.requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-handle="${place}"]`)?.focus(),
    )
  }

  const choose = (camera: WallCamera) => {
    change(put(content, places, at, camera.id))
    setSaid(`${camera.name} is on place ${number(at)}.`)
    const next = Array.from({ length: grid.tiles }, (_, i) => first + i).find(
      (place) => place > at && !places[place],
    )
    // A grid that grows with its cameras has another place then.
    focus(next ?? (content.layout === 'auto' && at === places.length ? at + 1 : at))
  }

  const take = (place: number) => {
    setSaid(`${nameAt(place)} was taken off place ${number(place)}.`)
    change(clear(content, places, place))
    focus(place)
  }

  const key = (event: KeyboardEvent, place: number) => {
    const to = neighbour(grid, place - first, event.key)
    const has = Boolean(places[place])
    if (to !== null) {
      if (held) {
        change(swap(content, places, place, first + to))
        setSaid(`${nameAt(place)} moved to place ${to + 1}.`)
      }
      focus(first + to)
    } else if (event.key === ' ' && (held ?? has)) {
      setSaid(
        held
          ? `${nameAt(place)} stays on place ${number(place)}.`
          : `${nameAt(place)} is held. Move it with the arrow keys.`,
      )
      setHeld(held ? null : { before: content, from: place })
    } else if (event.key === 'Enter') {
      setHeld(null)
      if (!held) search.current?.focus()
    } else if ((event.key === 'Delete' || event.key === 'Backspace') && has) {
      setHeld(null)
      take(place)
    } else if (event.key === 'Escape') {
      if (held) {
        change(held.before)
        setHeld(null)
        focus(held.from)
        setSaid('Put back where it was.')
      } else onClose()
    } else if (!event.key.startsWith('Arrow')) return
    event.preventDefault()
    event.stopPropagation()
  }

  const actions: PlaceActions = {
    press: (event, place) => {
      const camera = places[place]?.camera
      if (camera !== undefined) press(event, { camera, from: place })
    },
    select: (place) => {
      setSelected(place)
      if (held && place !== at) setHeld(null)
    },
    key,
    clear: take,
    stream: (place, stream) => change(withStream(content, places, place, stream)),
  }
  return { focus, at, held: held !== null, said, search, carrying, press, choose, actions, nameOf, number }
}
