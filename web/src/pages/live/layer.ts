import { createContext, useContext } from 'react'

/** Where menus and hints of a tile are drawn: in the tile itself while that alone fills the screen, else in the page. */
export const TileLayer = createContext<HTMLElement | string>('#main')

export function useLayer(): { target: HTMLElement | string } {
  return { target: useContext(TileLayer) }
}
