// Drags the playhead of the product's own playback page as a hand does, sixty moves a second, and sees which pictures come
// on the screen meanwhile.

interface Dragged {
  seconds: number
  /** Places that the playhead was moved to. */
  moves: number
  /** Frames of the screen that had another picture than the one before. */
  pictures: number
  /** Moves that had a picture of their place at once. */
  atOnce: number
  /** The longest time without another picture, milliseconds. */
  longest: number
}

const canvas = () => document.querySelector<HTMLCanvasElement>('canvas[data-part=scrub]')
const ids = new WeakMap<object, number>()
let drawn = ''

const idOf = (image: object) => {
  const id = ids.get(image) ?? Math.random()
  ids.set(image, id)
  return id
}

/** What is drawn is told by the sheet it is of and its place there: reading pixels back would cost more than drawing. */
const drawImage = CanvasRenderingContext2D.prototype.drawImage
CanvasRenderingContext2D.prototype.drawImage = function (this: CanvasRenderingContext2D, ...given: never[]) {
  if (this.canvas === canvas()) drawn = `${idOf(given[0] as object)} ${given[1] as number} ${given[2] as number}`
  Reflect.apply(drawImage, this, given)
} as typeof drawImage

/** A button of the mouse is held over the timeline already. From `from` to `to`, client pixels. */
function drag(from: number, to: number, y: number, forMs: number): Promise<Dragged> {
  const plot = document.querySelector('[role=slider][aria-label=Timeline]')
  if (!plot) throw new Error('the page has no timeline')
  return new Promise((resolve) => {
    const found: Dragged = { seconds: 0, moves: 0, pictures: 0, atOnce: 0, longest: 0 }
    const began = performance.now()
    let before = ''
    let changed = began
    const frame = (now: number) => {
      const passed = Math.max(0, now - began)
      const shown = canvas()
      if (found.moves > 0 && shown && !shown.hidden && drawn !== before) {
        found.pictures += 1
        found.longest = Math.max(found.longest, now - changed)
        before = drawn
        changed = now
      }
      if (passed >= forMs) {
        found.longest = Math.max(found.longest, now - changed)
        found.seconds = passed / 1000
        resolve(found)
        return
      }
      const clientX = from + ((to - from) * passed) / forMs
      const how = { pointerId: 1, pointerType: 'mouse', bubbles: true, clientX, clientY: y }
      const last = shown?.dataset.at
      plot.dispatchEvent(new PointerEvent('pointermove', how))
      found.moves += 1
      if (shown && !shown.hidden && shown.dataset.at !== last) found.atOnce += 1
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
}

Object.assign(window, { drag })
